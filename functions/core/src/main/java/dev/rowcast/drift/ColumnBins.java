package dev.rowcast.drift;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.Feature.NumberHistogram;
import dev.rowcast.model.output.Histogram;
import dev.rowcast.model.output.Output;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The bins of one column, with their counts in training. A category has one bin for each of its training
/// values and one for all others; a number has the bins of its histogram; each feature has a last bin for
/// missing values.
sealed interface ColumnBins {

    /// The name of the column.
    String column();

    /// The counts in training, by bin.
    List<Long> training();

    /// A category.
    record OfCategory(String column, Map<String, Integer> bins, List<Long> training) implements ColumnBins {

        static OfCategory of(Feature.Category feature) {
            Map<String, Integer> bins = new HashMap<>();
            feature.categories().forEach(category -> bins.put(category, bins.size()));
            List<Long> training =
                    counts(feature.histogram().counts(), 0L, feature.histogram().missing());
            return new OfCategory(feature.name(), Map.copyOf(bins), training);
        }

        /// @param value empty if missing
        int bin(String value) {
            int unknown = bins.size();
            return value.isEmpty() ? unknown + 1 : bins.getOrDefault(value, unknown);
        }
    }

    /// A number.
    record OfNumber(String column, List<Double> innerEdges, List<Long> training) implements ColumnBins {

        static OfNumber of(String column, NumberHistogram histogram) {
            return new OfNumber(column, inner(histogram.edges()), counts(histogram.counts(), histogram.missing()));
        }

        /// A prediction, which is never missing.
        static OfNumber of(String column, Histogram histogram) {
            return new OfNumber(column, inner(histogram.edges()), counts(histogram.counts()));
        }

        /// An edge belongs to the bin above it; values beyond the ends belong to the first and
        /// the last bin.
        ///
        /// @param value NaN if missing
        int bin(float value) {
            if (Float.isNaN(value)) {
                return innerEdges.size() + 1;
            }
            int found = Collections.binarySearch(innerEdges, (double) value);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }

    /// A predicted label, which is always one of the contract.
    record OfLabel(String column, Map<String, Integer> bins, List<Long> training) implements ColumnBins {

        static OfLabel of(String column, Output.Multiclass output) {
            Map<String, Integer> bins = new HashMap<>();
            output.classes().forEach(label -> bins.put(label, bins.size()));
            return new OfLabel(column, Map.copyOf(bins), output.counts());
        }

        int bin(String label) {
            return bins.get(label);
        }
    }

    private static List<Double> inner(List<Double> edges) {
        return List.copyOf(edges.subList(1, edges.size() - 1));
    }

    private static List<Long> counts(List<Long> counts, Long... more) {
        return Stream.concat(counts.stream(), Stream.of(more)).toList();
    }
}
