package dev.rowcast.predictor.store;

import static dev.rowcast.predictor.tables.Identifier.quoted;

import dev.rowcast.change.Delete;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import dev.rowcast.predictor.score.Scored;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Removes values of the row before from a change that Postgres refused. The row before is optional, so it
/// is reduced step by step until Postgres stores the change:
///
/// | refused | sent next |
/// |---|---|
/// | a delete | without the columns whose old value is no valid input of the column; `previous` has them |
/// | the reduced delete | without all columns except the key; `previous` has them |
/// | the delete with the key and `previous` | the key only |
/// | an insert, an update or a read with a row before | without the row before |
final class ChangeReducer {

    private static final String INVALID_COLUMNS = """
        SELECT sent.name
        FROM unnest($1::text[], $2::text[]) AS sent (name, value)
        JOIN pg_attribute AS a
          ON a.attrelid = $3::text::regclass AND a.attname = sent.name AND a.attnum > 0 AND NOT a.attisdropped
        WHERE NOT pg_input_is_valid(sent.value, format_type(a.atttypid, a.atttypmod))\
        """;

    private final PostgresClient postgres;
    private final String captured;
    private final List<SentColumn<?>> columns;

    /// @param postgres checks which values are valid input of their columns
    /// @param contract names the captured table
    ChangeReducer(PostgresClient postgres, ModelContract contract) {
        this.postgres = postgres;
        this.captured = quoted(contract.captured().schema(), contract.captured().table());
        this.columns = SentColumn.ofTheRow(contract).stream()
                .filter(column -> !contract.source().key().contains(column.name()))
                .toList();
    }

    /// The change to send instead of `refused`; empty if it has no row before that could be reduced.
    Optional<Scored> reduce(Scored refused) {
        return refused.change().before().map(before -> switch (refused) {
            case Scored.Upserted upserted ->
                new Scored.Upserted(withoutBefore(upserted.change()), upserted.features(), upserted.prediction());
            case Scored.Deleted deleted -> reduce(deleted, before);
        });
    }

    private Scored reduce(Scored.Deleted deleted, Row before) {
        Delete delete = deleted.change();
        Set<String> all = columns.stream()
                .map(SentColumn::name)
                .filter(before.columns()::hasNonNull)
                .collect(Collectors.toSet());
        if (deleted.unfit().containsAll(all)) {
            return new Scored.Deleted(new Delete(delete.position(), delete.origin(), delete.key(), Optional.empty()));
        }
        Set<String> unfit = deleted.unfit().isEmpty() ? unfit(deleted) : all;
        return new Scored.Deleted(delete, unfit.isEmpty() ? all : unfit);
    }

    /// The columns whose old value is no valid input; also empty if the check fails.
    private Set<String> unfit(Scored.Deleted deleted) {
        String[] names = columns.stream().map(SentColumn::name).toArray(String[]::new);
        String[] values =
                columns.stream().map(column -> column.value().apply(deleted)).toArray(String[]::new);
        Tuple arguments = Tuple.of(names, values, captured);
        Set<String> unfit = new HashSet<>();
        if (postgres.send(INVALID_COLUMNS, arguments)
                instanceof StatementResult.Rows(RowSet<io.vertx.sqlclient.Row> rows)) {
            rows.forEach(row -> unfit.add(row.getString(0)));
        }
        return unfit;
    }

    private static Upsert withoutBefore(Upsert upsert) {
        return new Upsert(
                upsert.position(), upsert.origin(), upsert.key(), upsert.operation(), upsert.after(), Optional.empty());
    }
}
