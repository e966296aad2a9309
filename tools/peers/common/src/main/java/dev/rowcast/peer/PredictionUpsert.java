package dev.rowcast.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statement that stores a batch of predictions in the result table, in one transaction.
///
/// @param sql the statement, with one array for each column
/// @param model its version and threshold are stored, too
record PredictionUpsert(String sql, ForestModel model) {

    private static final Map<String, String> CASTS = Map.of(
            "seniorcitizen", "::smallint",
            "tenure", "::integer",
            "monthlycharges", "::numeric",
            "totalcharges", "::numeric",
            "previous", "::jsonb",
            "source_ts", "::timestamptz");

    private static final List<String> ROW = List.of(
            "customerid",
            "gender",
            "seniorcitizen",
            "partner",
            "dependents",
            "tenure",
            "phoneservice",
            "multiplelines",
            "internetservice",
            "onlinesecurity",
            "onlinebackup",
            "deviceprotection",
            "techsupport",
            "streamingtv",
            "streamingmovies",
            "contract",
            "paperlessbilling",
            "paymentmethod",
            "monthlycharges",
            "totalcharges",
            "churn");

    /// A prediction and its change.
    ///
    /// @param probability not used for a delete
    record Prediction(PeerChange change, double probability) {}

    private record Column(String name, String type, IntFunction<Object[]> array, Function<Prediction, Object> value) {}

    /// @param guarded whether an older result never replaces a newer one
    static PredictionUpsert of(String table, ForestModel model, boolean guarded) {
        List<Column> columns = columns(model);
        String names = list(columns, Column::name);
        String sql = "INSERT INTO " + table + " AS stored (" + names + ") SELECT "
                + list(columns, column -> column.name() + CASTS.getOrDefault(column.name(), "")) + " FROM unnest("
                + list(columns, column -> "?::" + column.type() + "[]") + ") AS sent (" + names
                + ") ON CONFLICT (customerid) DO UPDATE SET "
                + list(columns, column -> column.name() + " = excluded." + column.name())
                + ", predicted_at = clock_timestamp()";
        String guard = " WHERE (stored.source_epoch, stored.source_commit, stored.source_lsn)"
                + " < (excluded.source_epoch, excluded.source_commit, excluded.source_lsn)";
        return new PredictionUpsert(guarded ? sql + guard : sql, model);
    }

    /// Stores predictions, at most one of each key.
    void store(Connection connection, List<Prediction> predictions) throws SQLException {
        List<Column> columns = columns(model);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Object[] values = predictions.stream().map(column.value()).toArray(column.array());
                statement.setArray(i + 1, connection.createArrayOf(column.type(), values));
            }
            statement.executeUpdate();
        }
    }

    private static List<Column> columns(ForestModel model) {
        Stream<Column> row = ROW.stream()
                .map(name ->
                        text(name, prediction -> text(prediction.change().row().path(name))));
        return Stream.concat(
                        row,
                        Stream.of(
                                new Column(
                                        "churn_probability",
                                        "float8",
                                        Double[]::new,
                                        prediction -> ofUpsert(prediction, prediction.probability())),
                                text(
                                        "churn_prediction",
                                        prediction -> ofUpsert(
                                                prediction,
                                                prediction.probability() >= model.threshold() ? "Yes" : "No")),
                                new Column(
                                        "churn_threshold",
                                        "float8",
                                        Double[]::new,
                                        prediction -> ofUpsert(prediction, model.threshold())),
                                text("model_version", prediction -> ofUpsert(prediction, model.version())),
                                new Column("source_epoch", "int4", Integer[]::new, _ -> 0),
                                new Column(
                                        "source_commit",
                                        "int8",
                                        Long[]::new,
                                        prediction -> prediction.change().commit()),
                                new Column(
                                        "source_lsn",
                                        "int8",
                                        Long[]::new,
                                        prediction -> prediction.change().lsn()),
                                text(
                                        "source_ts",
                                        prediction -> java.time.Instant.ofEpochMilli(
                                                        prediction.change().millis())
                                                .toString()),
                                text(
                                        "operation",
                                        prediction -> prediction.change().operation()),
                                text(
                                        "previous",
                                        prediction -> prediction.change().previous()),
                                new Column(
                                        "deleted",
                                        "bool",
                                        Boolean[]::new,
                                        prediction -> prediction.change().isDelete())))
                .toList();
    }

    private static Column text(String name, Function<Prediction, Object> value) {
        return new Column(name, "text", String[]::new, value);
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asText();
    }

    private static Object ofUpsert(Prediction prediction, Object value) {
        return prediction.change().isDelete() ? null : value;
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
