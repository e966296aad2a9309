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

/// What is left of a change that Postgres refuses when it is sent alone. The row before a change is an addition to it,
/// so
/// it is left out step by step until the change is stored:
///
/// | refused | sent next |
/// |---|---|
/// | a delete | without the columns whose old value is no input of their type in the captured table; `previous` has
/// them |
/// | that delete | without any column but the key; `previous` has them |
/// | that delete | the key and nothing of the row before |
/// | an insert, an update or a read with a row before | without the row before |
final class ChangeReducer {

    private static final String UNFIT = """
            SELECT sent.name
            FROM unnest($1::text[], $2::text[]) AS sent (name, value)
            JOIN pg_attribute AS a
              ON a.attrelid = $3::text::regclass AND a.attname = sent.name AND a.attnum > 0 AND NOT a.attisdropped
            WHERE NOT pg_input_is_valid(sent.value, format_type(a.atttypid, a.atttypmod))""";

    private final PostgresClient postgres;
    private final String captured;
    private final List<SentColumn<?>> columns;

    /// @param postgres is asked what fits
    /// @param contract names the captured table
    ChangeReducer(PostgresClient postgres, ModelContract contract) {
        this.postgres = postgres;
        this.captured = quoted(contract.captured().schema(), contract.captured().table());
        this.columns = SentColumn.ofTheRow(contract).stream()
                .filter(column -> !contract.source().key().contains(column.name()))
                .toList();
    }

    /// What to send in place of `refused`; nothing when all that is left of it is needed.
    Optional<Scored> of(Scored refused) {
        return refused.change().before().map(before -> switch (refused) {
            case Scored.Predicted predicted ->
                new Scored.Predicted(
                        withoutBefore(predicted.change()),
                        predicted.features(),
                        predicted.probability(),
                        predicted.label());
            case Scored.Deleted deleted -> remainder(deleted, before);
        });
    }

    private Scored remainder(Scored.Deleted deleted, Row before) {
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

    /// Empty too when it cannot be known: the input of a type can fail as a whole.
    private Set<String> unfit(Scored.Deleted deleted) {
        String[] names = columns.stream().map(SentColumn::name).toArray(String[]::new);
        String[] values =
                columns.stream().map(column -> column.value().apply(deleted)).toArray(String[]::new);
        Tuple arguments = Tuple.of(names, values, captured);
        Set<String> unfit = new HashSet<>();
        if (postgres.send(UNFIT, arguments) instanceof StatementResult.Rows(RowSet<io.vertx.sqlclient.Row> rows)) {
            rows.forEach(row -> unfit.add(row.getString(0)));
        }
        return unfit;
    }

    private static Upsert withoutBefore(Upsert upsert) {
        return new Upsert(
                upsert.position(), upsert.origin(), upsert.key(), upsert.operation(), upsert.after(), Optional.empty());
    }
}
