package dev.rowcast.predictor.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.model.contract.CapturedTable;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.predictor.score.Scored;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The captured table's own columns as the statement sends them.
final class OwnColumn {

    private OwnColumn() {}

    /// The columns of the prediction and its change: all of the captured table's own, except the time of
    /// the write.
    static List<SentColumn<?>> all(ModelContract contract) {
        CapturedTable table = CapturedTable.of(contract);
        return table.columns().stream()
                .filter(column -> column != CapturedTable.Column.PREDICTED_AT)
                .<SentColumn<?>>map(column -> of(column, table.name(column), contract))
                .toList();
    }

    private static SentColumn<?> of(CapturedTable.Column column, String name, ModelContract contract) {
        Output output = contract.output();
        String version = contract.model().version();
        return switch (column) {
            case PROBABILITY -> number(name, OwnColumn::probability);
            case PREDICTION -> predicted(name, "text", String[]::new, Predicted::text);
            case VALUE -> number(name, predicted -> regression(predicted).value());
            case THRESHOLD -> number(name, _ -> contract.binary().threshold());
            case PROBABILITIES -> predicted(name, "text", String[]::new, predicted -> json(predicted, output));
            case LOWER -> number(name, predicted -> bounds(predicted).lower());
            case UPPER -> number(name, predicted -> bounds(predicted).upper());
            case MODEL_VERSION -> predicted(name, "text", String[]::new, _ -> version);
            case SOURCE_EPOCH ->
                change(name, "int4", Integer[]::new, change -> change.position().epoch());
            case SOURCE_COMMIT ->
                change(name, "int8", Long[]::new, change -> change.position().commit());
            case SOURCE_LSN ->
                change(name, "int8", Long[]::new, change -> change.position().lsn());
            case SOURCE_TS -> change(name, "timestamptz", OffsetDateTime[]::new, OwnColumn::time);
            case OPERATION ->
                change(name, "text", String[]::new, change -> change.operation().code());
            case PREVIOUS -> SentColumn.text(name, Previous::of);
            case DELETED -> new SentColumn<>(name, "bool", Boolean[]::new, Scored.Deleted.class::isInstance);
            case PREDICTED_AT -> throw new IllegalArgumentException("the statement sets " + name);
        };
    }

    private static double probability(Predicted predicted) {
        return switch (predicted) {
            case Predicted.Binary binary -> binary.probability();
            case Predicted.Multiclass classes -> classes.probability();
            case Predicted.Regression _ -> throw new IllegalArgumentException("a number has no probability");
        };
    }

    private static Predicted.Regression regression(Predicted predicted) {
        return (Predicted.Regression) predicted;
    }

    private static Predicted.Bounds bounds(Predicted predicted) {
        return regression(predicted).bounds().orElseThrow();
    }

    /// The probability of each label, as the column with one of them stores it.
    private static String json(Predicted predicted, Output output) {
        List<String> classes = ((Output.Multiclass) output).classes();
        List<Float> probabilities = ((Predicted.Multiclass) predicted).probabilities();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int place = 0; place < classes.size(); place++) {
            json.put(classes.get(place), (double) probabilities.get(place));
        }
        return json.toString();
    }

    private static <T> SentColumn<T> change(
            String name, String sentAs, IntFunction<T[]> array, Function<Change, T> value) {
        return new SentColumn<>(name, sentAs, array, scored -> value.apply(scored.change()));
    }

    private static SentColumn<Double> number(String name, Function<Predicted, Number> value) {
        return predicted(
                name,
                "float8",
                Double[]::new,
                predicted -> value.apply(predicted).doubleValue());
    }

    /// A column of the prediction; null for a deleted row.
    private static <T> SentColumn<T> predicted(
            String name, String sentAs, IntFunction<T[]> array, Function<Predicted, T> value) {
        return new SentColumn<>(name, sentAs, array, scored -> switch (scored) {
            case Scored.Upserted upserted -> value.apply(upserted.prediction());
            case Scored.Deleted _ -> null;
        });
    }

    private static OffsetDateTime time(Change change) {
        return change.origin().timestamp().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
}
