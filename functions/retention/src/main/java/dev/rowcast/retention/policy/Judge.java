package dev.rowcast.retention.policy;

import dev.rowcast.model.output.RuleKind.Closing;
import dev.rowcast.retention.policy.Cells.Fault;

/// Compares a captured row with a rule.
final class Judge {

    private static final Verdict UNDECIDED = new Verdict.Undecided();

    private Judge() {}

    /// @throws Fault if a column that the rule needs has no valid value
    static Verdict judge(Rule rule, Cells cells) throws Fault {
        return switch (rule) {
            case Rule.Threshold threshold -> judge(threshold, cells);
            case Rule.OfClass ofClass -> judge(ofClass, cells);
            case Rule.Bound bound -> judge(bound, cells);
        };
    }

    private static Verdict judge(Rule.Threshold rule, Cells cells) throws Fault {
        double probability = cells.fraction(rule.probabilityColumn());
        double threshold =
                rule.threshold().isPresent() ? rule.threshold().getAsDouble() : cells.fraction(rule.thresholdColumn());
        Score score = Score.ofProbability(probability, threshold, cells.text(Score.MODEL_VERSION));
        return judge(probability, threshold, rule.hysteresis(), score);
    }

    private static Verdict judge(Rule.OfClass rule, Cells cells) throws Fault {
        String prediction = cells.text(rule.predictionColumn());
        double probability = cells.fraction(rule.probabilityColumn());
        Score score = Score.ofClass(prediction, probability, rule.threshold(), cells.text(Score.MODEL_VERSION));
        return prediction.equals(rule.category())
                ? judge(probability, rule.threshold(), rule.hysteresis(), score)
                : new Verdict.Close(score, Closing.ANOTHER_CLASS.text());
    }

    private static Verdict judge(double probability, double threshold, double hysteresis, Score score) {
        if (probability >= threshold) {
            return new Verdict.Open(score);
        }
        return probability < threshold - hysteresis
                ? new Verdict.Close(score, Closing.BELOW_THRESHOLD.text())
                : UNDECIDED;
    }

    private static Verdict judge(Rule.Bound rule, Cells cells) throws Fault {
        double value = cells.number(rule.predictionColumn());
        Score score = Score.ofValue(value, rule.bound(), cells.text(Score.MODEL_VERSION));
        return switch (rule.side()) {
            case ABOVE -> {
                if (value >= rule.bound()) {
                    yield new Verdict.Open(score);
                }
                yield value < rule.bound() - rule.hysteresis()
                        ? new Verdict.Close(score, Closing.BELOW_BOUND.text())
                        : UNDECIDED;
            }
            case BELOW -> {
                if (value <= rule.bound()) {
                    yield new Verdict.Open(score);
                }
                yield value > rule.bound() + rule.hysteresis()
                        ? new Verdict.Close(score, Closing.ABOVE_BOUND.text())
                        : UNDECIDED;
            }
        };
    }
}
