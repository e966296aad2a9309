package dev.rowcast.replay.compare;

import dev.rowcast.drift.Psi;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The distribution of predictions over bins. Used by one thread.
final class ScoreHistogram {

    /// The bins in which predictions are counted: ten equal ones of a probability, one for each of
    /// several labels, or those of a number in the training data.
    ///
    /// @param names the name of each bin
    /// @param edges the edges of bins of numbers, ascending, one more than there are bins; empty for labels
    record Bins(List<String> names, List<Double> edges) {

        private static final int TENTHS = 10;
        private static final double LARGE = 1000;

        /// Copies the lists.
        Bins {
            names = List.copyOf(names);
            edges = List.copyOf(edges);
        }

        static Bins of(Output output) {
            return switch (output) {
                case Output.Binary _ ->
                    between(IntStream.rangeClosed(0, TENTHS)
                            .mapToObj(tenth -> tenth / (double) TENTHS)
                            .toList());
                case Output.Multiclass classes -> new Bins(classes.classes(), List.of());
                case Output.Regression regression ->
                    between(regression.histogram().edges());
            };
        }

        private static Bins between(List<Double> edges) {
            List<String> names = IntStream.range(1, edges.size())
                    .mapToObj(edge -> name(edges.get(edge - 1)) + "–" + name(edges.get(edge)))
                    .toList();
            return new Bins(names, edges);
        }

        private static String name(double edge) {
            return Math.abs(edge) >= LARGE
                    ? String.format(Locale.ROOT, "%.0f", edge)
                    : Double.toString(Math.round(edge * LARGE) / LARGE);
        }

        int size() {
            return names.size();
        }

        /// The bin of a prediction; an edge belongs to the bin above it.
        int of(Predicted predicted) {
            return switch (predicted) {
                case Predicted.Binary binary -> binOf(binary.probability());
                case Predicted.Multiclass classes -> names.indexOf(classes.label());
                case Predicted.Regression number -> binOf(number.value());
            };
        }

        private int binOf(double number) {
            int found = Collections.binarySearch(edges.subList(1, edges.size() - 1), number);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }

    private final Bins bins;
    private final long[] counts;
    private long total;

    ScoreHistogram(Bins bins) {
        this.bins = bins;
        this.counts = new long[bins.size()];
    }

    void add(Predicted predicted) {
        counts[bins.of(predicted)]++;
        total++;
    }

    Bins bins() {
        return bins;
    }

    long count(int bin) {
        return counts[bin];
    }

    long total() {
        return total;
    }

    /// {@return the share of a bin, 0 to 1; 0 if the histogram is empty}
    double share(int bin) {
        return total == 0 ? 0 : (double) counts[bin] / total;
    }

    /// {@return the population stability index of two distributions}
    static double psi(ScoreHistogram a, ScoreHistogram b) {
        return Psi.of(a.counts, b.counts);
    }
}
