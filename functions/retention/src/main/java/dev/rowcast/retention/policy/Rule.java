package dev.rowcast.retention.policy;

import static dev.rowcast.retention.policy.Score.MODEL_VERSION;

import dev.rowcast.model.output.RuleKind;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/// The rule by which cases are opened and closed. It reads columns of a captured row, whose names begin with
/// the label.
///
/// ```
///   closes              │ hysteresis: no decision │ opens
///   ────────────────────┼─────────────────────────┼──────────── prediction
/// ```
public sealed interface Rule {

    /// The columns of the captured row that a decision needs, besides the key.
    Set<String> columns();

    /// The kind of this rule.
    RuleKind kind();

    /// The columns of the case table that store the prediction that decided; see [Score].
    default List<String> scoreColumns() {
        return Stream.concat(kind().scores().stream().map(RuleKind.Score::column), Stream.of(MODEL_VERSION))
                .toList();
    }

    /// For a binary label: a probability of at least the threshold opens a case, one below the threshold by
    /// more than the hysteresis closes it.
    ///
    /// @param label name of the label
    /// @param threshold replaces the threshold of the model, which is a column of the row
    /// @param hysteresis how far below its threshold a probability must fall
    record Threshold(String label, OptionalDouble threshold, double hysteresis) implements Rule {

        @Override
        public Set<String> columns() {
            return threshold.isPresent()
                    ? Set.of(probabilityColumn(), MODEL_VERSION)
                    : Set.of(probabilityColumn(), MODEL_VERSION, thresholdColumn());
        }

        @Override
        public RuleKind kind() {
            return RuleKind.THRESHOLD;
        }

        String probabilityColumn() {
            return label + "_probability";
        }

        String thresholdColumn() {
            return label + "_threshold";
        }
    }

    /// For a label with several classes: the prediction of one class, with a probability of at least the
    /// threshold, opens a case. The prediction of another class closes it, and so does a probability below
    /// the threshold by more than the hysteresis.
    ///
    /// @param label name of the label
    /// @param category the class
    /// @param threshold the lowest probability, 0 to 1; at 0 the prediction alone decides
    /// @param hysteresis how far below the threshold a probability must fall
    record OfClass(String label, String category, double threshold, double hysteresis) implements Rule {

        @Override
        public Set<String> columns() {
            return Set.of(predictionColumn(), probabilityColumn(), MODEL_VERSION);
        }

        @Override
        public RuleKind kind() {
            return RuleKind.CLASS;
        }

        String predictionColumn() {
            return label + "_prediction";
        }

        String probabilityColumn() {
            return label + "_probability";
        }
    }

    /// For a label that is a number: a prediction at the bound or beyond it opens a case, one on the other
    /// side by more than the hysteresis closes it.
    ///
    /// @param label name of the label
    /// @param side the side of the bound that opens cases
    /// @param bound the bound
    /// @param hysteresis how far on the other side a prediction must be
    record Bound(String label, Side side, double bound, double hysteresis) implements Rule {

        @Override
        public Set<String> columns() {
            return Set.of(predictionColumn(), MODEL_VERSION);
        }

        @Override
        public RuleKind kind() {
            return switch (side) {
                case ABOVE -> RuleKind.ABOVE;
                case BELOW -> RuleKind.BELOW;
            };
        }

        String predictionColumn() {
            return label + "_prediction";
        }
    }

    /// A side of a bound.
    enum Side {
        ABOVE,
        BELOW
    }
}
