package dev.rowcast.replay.compare;

import dev.rowcast.model.contract.ModelContract;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the text and the page say in the same words.
final class ReportText {

    private ReportText() {}

    static String model(ModelContract contract) {
        return "%s, threshold %s"
                .formatted(contract.model().version(), number(contract.output().threshold(), 4));
    }

    static String changes(Comparison comparison) {
        String left = comparison.leftOut().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return comparison.scored() + " scored by both" + (left.isEmpty() ? "" : "; left out: " + left);
    }

    static String flips(Comparison comparison) {
        String kinds = comparison.flips().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        double share = comparison.scored() == 0 ? 0 : 100.0 * comparison.flipped() / comparison.scored();
        return comparison.flipped() + " (" + number(share, 1) + " %)" + (kinds.isEmpty() ? "" : ": " + kinds);
    }

    static String distance(Comparison comparison) {
        return "mean " + number(comparison.meanDistance(), 4) + ", largest " + number(comparison.largestDistance(), 4);
    }

    static String psi(Comparison comparison) {
        return number(comparison.psi(), 4) + " (" + comparison.psiInWords() + ")";
    }

    static String label(ScorePair scored) {
        return scored.isFlip() ? scored.labelA() + " → " + scored.labelB() : scored.labelA();
    }

    static String number(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
