package dev.rowcast.replay.compare;

import dev.rowcast.drift.Psi;
import dev.rowcast.model.contract.ModelContract;
import java.util.Map;
import java.util.TreeMap;

/// How two models differ over a history. Used by one thread.
final class Comparison {

    private final ModelContract contractA;
    private final ModelContract contractB;
    private final String topic;
    private final MostChanged mostChanged;
    private final ScoreHistogram histogramA = new ScoreHistogram();
    private final ScoreHistogram histogramB = new ScoreHistogram();
    private final Map<String, Long> flips = new TreeMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private double sum;
    private double largest;

    /// @param most keys that are named
    Comparison(ModelContract contractA, ModelContract contractB, String topic, int most) {
        this.contractA = contractA;
        this.contractB = contractB;
        this.topic = topic;
        this.mostChanged = new MostChanged(most);
    }

    void add(ScorePair scored) {
        histogramA.add(scored.a());
        histogramB.add(scored.b());
        sum += scored.distance();
        largest = Math.max(largest, scored.distance());
        if (scored.isFlip()) {
            flips.merge(scored.labelA() + " → " + scored.labelB(), 1L, Long::sum);
        }
        mostChanged.add(scored);
    }

    /// A record that cannot be compared.
    ///
    /// @param why such as `delete`, or `rejected by B: feature-missing`
    void leaveOut(String why) {
        left.merge(why, 1L, Long::sum);
    }

    ModelContract contractA() {
        return contractA;
    }

    ModelContract contractB() {
        return contractB;
    }

    String topic() {
        return topic;
    }

    /// Changes scored by both.
    long scored() {
        return histogramA.total();
    }

    /// Records that were not compared, by why.
    Map<String, Long> leftOut() {
        return left;
    }

    /// Changes by how their label changes, such as `No → Yes`.
    Map<String, Long> flips() {
        return flips;
    }

    long flipped() {
        return flips.values().stream().mapToLong(Long::longValue).sum();
    }

    double meanDistance() {
        return scored() == 0 ? 0 : sum / scored();
    }

    double largestDistance() {
        return largest;
    }

    ScoreHistogram histogramA() {
        return histogramA;
    }

    ScoreHistogram histogramB() {
        return histogramB;
    }

    double psi() {
        return ScoreHistogram.psi(histogramA, histogramB);
    }

    /// What the index means, by the usual borders.
    String psiInWords() {
        return psi() < Psi.SOME
                ? "below 0.1: hardly any shift"
                : psi() < Psi.LARGE ? "0.1 to 0.25: some shift" : "0.25 or more: a large shift";
    }

    MostChanged mostChanged() {
        return mostChanged;
    }
}
