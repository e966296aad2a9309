package dev.rowcast.predictor.store;

import static dev.rowcast.predictor.tables.Identifier.quoted;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.tables.LiveColumn;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The statement that stores predictions. The contract gives its names and the live table its types, so
/// another table or another model needs no code.
///
/// It writes a row if its position is higher than the stored one, or if a model of a higher rank scores the
/// stored change again (decision 002). It returns the places of the rows that it wrote.
final class GuardedUpsert {

    /// Columns that describe the change. A read that scores again has a lower position than the stored
    /// change and does not overwrite them.
    private static final Set<String> CHANGE_COLUMNS =
            Set.of("source_epoch", "source_commit", "source_lsn", "source_ts", "operation", "previous");

    /// A model that is no longer registered is registered again and then has the highest rank. A model that
    /// scored before ranks existed has the lowest.
    private static final String HIGHER_RANK = """
        COALESCE((SELECT rank FROM public.rowcast_model WHERE version = excluded.model_version), 9223372036854775807)
                       > COALESCE((SELECT rank FROM public.rowcast_model WHERE version = stored.model_version), 0)\
        """;

    private final Map<String, LiveColumn> captured;
    private final List<SentColumn<?>> columns;
    private final String sql;

    /// @param contract names the tables, the key, the features and the label
    /// @param captured the columns of the captured table, which matches the contract
    GuardedUpsert(ModelContract contract, Map<String, LiveColumn> captured) {
        this.captured = captured;
        List<SentColumn<?>> row = SentColumn.ofTheRow(contract);
        this.columns =
                Stream.concat(row.stream(), OwnColumn.all(contract).stream()).toList();
        this.sql = text(contract, names(row));
    }

    /// Returns true if the statement was created for a table with these columns.
    boolean isFor(Map<String, LiveColumn> columns) {
        return captured.equals(columns);
    }

    /// The statement.
    String sql() {
        return sql;
    }

    /// The arguments for `predictions`, at most one of each key. Postgres locks the rows in this order.
    Tuple arguments(List<Scored> predictions) {
        Tuple arguments = Tuple.tuple();
        columns.forEach(column -> arguments.addValue(column.values(predictions)));
        return arguments;
    }

    private String text(ModelContract contract, List<String> row) {
        List<String> names = names(columns);
        List<String> key = contract.source().key();
        return """
            WITH incoming AS (
                SELECT place, %1$s
                FROM unnest(%2$s) WITH ORDINALITY AS sent(%3$s, place)
            ), written AS (
                INSERT INTO %4$s AS stored (%5$s, predicted_at)
                SELECT %3$s, clock_timestamp() FROM incoming ORDER BY place
                ON CONFLICT (%6$s) DO UPDATE SET %7$s, predicted_at = excluded.predicted_at
                WHERE %12$s
                   OR (stored.model_version <> excluded.model_version AND NOT stored.deleted
                       AND (%13$s
                            OR (excluded.operation = 'r' AND stored.source_epoch = excluded.source_epoch
                                AND ROW(%8$s) IS NOT DISTINCT FROM ROW(%9$s)))
                       AND %14$s)
                RETURNING %10$s
            )
            SELECT (incoming.place - 1)::int4 FROM incoming JOIN written ON %11$s\
            """.formatted(
                        columns(i -> "c" + i + "::" + captured.get(names.get(i)).castType() + " AS c" + i),
                        columns(i -> "$" + (i + 1) + "::" + columns.get(i).sentAs() + "[]"),
                        columns(i -> "c" + i),
                        quoted(contract.captured().schema(), contract.captured().table()),
                        list("", names),
                        list("", key),
                        names.stream()
                                .filter(name -> !key.contains(name))
                                .map(GuardedUpsert::set)
                                .collect(Collectors.joining(", ")),
                        list("stored.", row),
                        list("excluded.", row),
                        // The key columns are the first columns.
                        joined(key.size(), ", ", i -> "stored." + quoted(key.get(i)) + " AS k" + i),
                        joined(key.size(), " AND ", i -> "incoming.c" + i + " = written.k" + i),
                        storedPosition("<"),
                        storedPosition("="),
                        HIGHER_RANK);
    }

    private static String set(String column) {
        String name = quoted(column);
        if (!CHANGE_COLUMNS.contains(column)) {
            return name + " = excluded." + name;
        }
        return """
            %1$s = CASE WHEN %2$s THEN stored.%1$s ELSE excluded.%1$s END\
            """.formatted(name, storedPosition(">"));
    }

    /// Compares the stored position with the new one, as
    /// [dev.rowcast.change.Position#compareToStored] does the reverse.
    private static String storedPosition(String operator) {
        return """
            CASE WHEN stored.source_commit IS NULL
                 THEN (stored.source_epoch, stored.source_lsn) %1$s
                      (excluded.source_epoch, GREATEST(excluded.source_commit, excluded.source_lsn))
                 ELSE (stored.source_epoch, stored.source_commit, stored.source_lsn) %1$s
                      (excluded.source_epoch, excluded.source_commit, excluded.source_lsn) END\
            """.formatted(operator);
    }

    private String columns(IntFunction<String> text) {
        return joined(columns.size(), ", ", text);
    }

    private static String joined(int count, String separator, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(separator));
    }

    private static String list(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + quoted(name)).collect(Collectors.joining(", "));
    }

    private static List<String> names(List<SentColumn<?>> columns) {
        return columns.stream().<String>map(SentColumn::name).toList();
    }
}
