package dev.rowcast.replay.compare;

import dev.rowcast.drift.Psi;
import dev.rowcast.model.contract.ModelContract;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The differences between two models over the changes of a topic. Used by one thread.
///
/// @param flips number of changes by how their label differs, such as `No → Yes`
/// @param leftOut number of records that were not compared, by reason
record Comparison(
        ModelContract contractA,
        ModelContract contractB,
        String topic,
        MostChanged mostChanged,
        ScoreHistogram histogramA,
        ScoreHistogram histogramB,
        DoubleSummaryStatistics distances,
        Map<String, Long> flips,
        Map<String, Long> leftOut) {

    /// {@return a comparison without changes}
    ///
    /// @param most keys that are listed
    static Comparison of(ModelContract contractA, ModelContract contractB, String topic, int most) {
        return new Comparison(
                contractA,
                contractB,
                topic,
                new MostChanged(most),
                new ScoreHistogram(ScoreHistogram.Bins.of(contractA.output())),
                new ScoreHistogram(ScoreHistogram.Bins.of(contractA.output())),
                new DoubleSummaryStatistics(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    void add(ScorePair scores) {
        histogramA.add(scores.a());
        histogramB.add(scores.b());
        distances.accept(scores.distance());
        if (scores.isFlip()) {
            flips.merge(scores.labelA() + " → " + scores.labelB(), 1L, Long::sum);
        }
        mostChanged.add(scores);
    }

    /// Counts a record that cannot be compared.
    ///
    /// @param reason such as `delete`, or `rejected by B: feature-missing`
    void leaveOut(String reason) {
        leftOut.merge(reason, 1L, Long::sum);
    }

    /// {@return the number of changes scored by both models}
    long scored() {
        return histogramA.total();
    }

    long flipped() {
        return flips.values().stream().mapToLong(Long::longValue).sum();
    }

    double largestDistance() {
        return scored() == 0 ? 0 : distances.getMax();
    }

    /// {@return the bins of both histograms}
    ScoreHistogram.Bins bins() {
        return histogramA.bins();
    }

    /// {@return the largest share of a bin, in either histogram}
    double largestShare() {
        return IntStream.range(0, bins().size())
                .mapToDouble(bin -> Math.max(histogramA.share(bin), histogramB.share(bin)))
                .max()
                .orElseThrow();
    }

    double psi() {
        return ScoreHistogram.psi(histogramA, histogramB);
    }

    /// {@return the meaning of the index, by the usual limits}
    String psiInWords() {
        return psi() < Psi.SOME
                ? "below 0.1: hardly any shift"
                : psi() < Psi.LARGE ? "0.1 to 0.25: some shift" : "0.25 or more: a large shift";
    }
}
