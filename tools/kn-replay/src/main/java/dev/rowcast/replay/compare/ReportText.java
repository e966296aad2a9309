package dev.rowcast.replay.compare;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Texts that the text report and the page share.
final class ReportText {

    private ReportText() {}

    static String model(ModelContract contract) {
        String version = contract.model().version();
        return switch (contract.output()) {
            case Output.Binary binary -> version + ", threshold " + number(binary.threshold(), 4);
            case Output.Multiclass classes -> version + ", " + classes.width() + " classes";
            case Output.Regression regression ->
                version + ", a number"
                        + regression.unit().map(unit -> " in " + unit).orElse("");
        };
    }

    static String changes(Comparison comparison) {
        String omitted = counts(comparison.leftOut());
        return comparison.scored() + " scored by both" + (omitted.isEmpty() ? "" : "; left out: " + omitted);
    }

    static String flips(Comparison comparison) {
        String kinds = counts(comparison.flips());
        double share = comparison.scored() == 0 ? 0 : 100.0 * comparison.flipped() / comparison.scored();
        return comparison.flipped() + " (" + number(share, 1) + " %)" + (kinds.isEmpty() ? "" : ": " + kinds);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    static String distance(Comparison comparison) {
        return "mean " + number(comparison.distances().getAverage(), 4) + ", largest "
                + number(comparison.largestDistance(), 4);
    }

    static String psi(Comparison comparison) {
        return number(comparison.psi(), 4) + " (" + comparison.psiInWords() + ")";
    }

    /// {@return key, place, both scores, their difference and the label, if there are labels}
    static String[] row(ScorePair scores) {
        return new String[] {
            scores.key(),
            scores.place(),
            number(scores.scoreA(), 4),
            number(scores.scoreB(), 4),
            number(scores.scoreB() - scores.scoreA(), 4),
            scores.isFlip() ? scores.labelA() + " → " + scores.labelB() : scores.labelA()
        };
    }

    static String number(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
