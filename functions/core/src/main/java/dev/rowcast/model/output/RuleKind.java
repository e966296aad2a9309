package dev.rowcast.model.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A kind of rule by which an action opens and closes cases: the only definition of its name in
/// settings, of the columns of a case table, and of the reasons for which it closes a case.
public enum RuleKind {
    /// For two labels: a probability of at least a threshold opens a case.
    THRESHOLD,
    /// For several labels: the prediction of one of them opens a case.
    CLASS,
    /// For a number: one at a bound or above it opens a case.
    ABOVE,
    /// For a number: one at a bound or below it opens a case.
    BELOW;

    /// A column of a case table with the prediction that decided, or with what the rule compared it
    /// with.
    public enum Score {
        PREDICTION,
        PROBABILITY,
        THRESHOLD,
        BOUND;

        /// Its name in tables and events.
        public String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The reason for which a case is closed.
    public enum Closing {
        BELOW_THRESHOLD,
        ANOTHER_CLASS,
        BELOW_BOUND,
        ABOVE_BOUND;

        /// The reason in tables and events, such as `below-threshold`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The kind with a name in settings; empty if there is none.
    public static Optional<RuleKind> of(String setting) {
        return Arrays.stream(values())
                .filter(kind -> kind.setting().equals(setting))
                .findFirst();
    }

    /// The names of all kinds, for a message: `threshold, class, above or below`.
    public static String settings() {
        return Arrays.stream(values())
                .map(RuleKind::setting)
                .collect(Collectors.joining(", "))
                .replaceFirst(", (?=[^,]*$)", " or ");
    }

    /// Its name in settings.
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a case stores of the prediction, in the order of its columns.
    public List<Score> scores() {
        return switch (this) {
            case THRESHOLD -> List.of(Score.PROBABILITY, Score.THRESHOLD);
            case CLASS -> List.of(Score.PREDICTION, Score.PROBABILITY, Score.THRESHOLD);
            case ABOVE, BELOW -> List.of(Score.PREDICTION, Score.BOUND);
        };
    }

    /// The reasons for which it closes a case; the deletion of the row closes it, too.
    public List<Closing> closings() {
        return switch (this) {
            case THRESHOLD -> List.of(Closing.BELOW_THRESHOLD);
            case CLASS -> List.of(Closing.ANOTHER_CLASS, Closing.BELOW_THRESHOLD);
            case ABOVE -> List.of(Closing.BELOW_BOUND);
            case BELOW -> List.of(Closing.ABOVE_BOUND);
        };
    }
}
