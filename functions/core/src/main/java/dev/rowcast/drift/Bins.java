package dev.rowcast.drift;

import dev.rowcast.drift.ColumnBins.OfCategory;
import dev.rowcast.drift.ColumnBins.OfLabel;
import dev.rowcast.drift.ColumnBins.OfNumber;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The bins of all columns of a contract, concatenated in one array: those of each feature in the
/// contract's order, then those of the prediction: the probability of one of two labels, the predicted
/// label of several, or the predicted number. Immutable.
public final class Bins {

    private static final int DIGITS = 12;

    private final List<ColumnBins> columns;
    private final int size;
    private final String digest;

    private Bins(List<ColumnBins> columns) {
        this.columns = List.copyOf(columns);
        this.size =
                columns.stream().mapToInt(column -> column.training().size()).sum();
        this.digest = digest(columns);
    }

    /// The bins in a model's contract.
    public static Bins of(ModelContract contract) {
        List<ColumnBins> columns = new ArrayList<>();
        for (Feature feature : contract.features()) {
            columns.add(
                    switch (feature) {
                        case Feature.Category category -> OfCategory.of(category);
                        case Feature.Numeric number -> OfNumber.of(number.name(), number.histogram());
                        case Feature.Temporal time -> OfNumber.of(time.name(), time.histogram());
                    });
        }
        columns.add(ofThePrediction(contract.label().name(), contract.output()));
        return new Bins(columns);
    }

    private static ColumnBins ofThePrediction(String label, Output output) {
        return switch (output) {
            case Output.Binary binary -> OfNumber.of(label + "_probability", binary.histogram());
            case Output.Multiclass classes -> OfLabel.of(label + "_prediction", classes);
            case Output.Regression regression -> OfNumber.of(label + "_prediction", regression.histogram());
        };
    }

    /// The number of bins.
    public int size() {
        return size;
    }

    /// Identifies these bins: twelve hexadecimal digits of a hash over names, categories and edges.
    public String digest() {
        return digest;
    }

    /// Counts one row.
    ///
    /// @param row its features, of the same contract
    /// @param predicted its prediction, of the same contract
    /// @param counts incremented in one bin of each column; as long as [#size]
    void count(FeatureRow row, Predicted predicted, long[] counts) {
        int[] places = places(row, predicted);
        int first = 0;
        for (int column = 0; column < places.length; column++) {
            counts[first + places[column]]++;
            first += columns.get(column).training().size();
        }
    }

    /// The bin of each column of one row, in the order of [#shifts].
    ///
    /// @param row its features, of the same contract
    /// @param predicted its prediction, of the same contract
    public int[] places(FeatureRow row, Predicted predicted) {
        int[] places = new int[columns.size()];
        int category = 0;
        int number = 0;
        for (int place = 0; place < places.length; place++) {
            places[place] = switch (columns.get(place)) {
                case OfCategory values -> values.bin(row.category(category++));
                case OfNumber values ->
                    values.bin(number < row.numberCount() ? row.number(number++) : numberOf(predicted));
                case OfLabel labels -> labels.bin(predicted.text());
            };
        }
        return places;
    }

    /// The counts of training in the bins of each column, in the order of [#shifts].
    public List<long[]> training() {
        return columns.stream()
                .map(column ->
                        column.training().stream().mapToLong(Long::longValue).toArray())
                .toList();
    }

    private static float numberOf(Predicted predicted) {
        return switch (predicted) {
            case Predicted.Binary binary -> binary.probability();
            case Predicted.Multiclass classes -> classes.probability();
            case Predicted.Regression number -> number.value();
        };
    }

    /// The sum of several counts, such as those of several days.
    ///
    /// @param parts each as long as [#size]
    public long[] sum(Iterable<Long[]> parts) {
        long[] sum = new long[size];
        for (Long[] counts : parts) {
            for (int bin = 0; bin < Math.min(size, counts.length); bin++) {
                sum[bin] += counts[bin];
            }
        }
        return sum;
    }

    /// The shift of each column since training.
    ///
    /// @param counts as long as [#size]
    /// @return one for each feature in the contract's order, and the prediction as the last
    public List<Shift> shifts(long[] counts) {
        List<Shift> shifts = new ArrayList<>();
        int first = 0;
        for (ColumnBins column : columns) {
            long[] training =
                    column.training().stream().mapToLong(Long::longValue).toArray();
            long[] live = Arrays.copyOfRange(counts, first, first + training.length);
            shifts.add(new Shift(column.column(), Arrays.stream(live).sum(), Psi.of(training, live)));
            first += training.length;
        }
        return shifts;
    }

    private static String digest(List<ColumnBins> columns) {
        StringBuilder text = new StringBuilder();
        for (ColumnBins column : columns) {
            text.append(column.column())
                    .append(
                            switch (column) {
                                case OfCategory values -> inOrder(values.bins());
                                case OfLabel labels -> inOrder(labels.bins());
                                case OfNumber values -> values.innerEdges().toString();
                            });
        }
        return hash(text.toString());
    }

    private static String inOrder(Map<String, Integer> bins) {
        return bins.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList()
                .toString();
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
