package dev.rowcast.predictor.store;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.tables.LiveColumn;
import dev.rowcast.predictor.tables.LiveTables;
import dev.rowcast.predictor.tables.TableCheck;
import dev.rowcast.recording.RowsStored;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Stores predictions in the captured table. It stores nothing while the tables do not match the
/// contract, and checks them again when a refusal can mean that they have changed. A single change that
/// is refused is sent again with fewer values of the row before, see [ChangeReducer], so that only its
/// key can make a delete unstorable.
public final class GuardedStore implements PredictionStore {

    private static final Logger LOG = Logger.getLogger(GuardedStore.class);

    private final LiveTables tables;
    private final PostgresClient postgres;
    private final ModelContract contract;
    private final ChangeReducer reducer;
    private volatile Optional<GuardedUpsert> lastStatement = Optional.empty();

    /// @param tables the result of the last check of the tables
    /// @param postgres sends the statements
    /// @param contract the contract of the model that scored
    public GuardedStore(LiveTables tables, PostgresClient postgres, ModelContract contract) {
        this.tables = tables;
        this.postgres = postgres;
        this.contract = contract;
        this.reducer = new ChangeReducer(postgres, contract);
    }

    @Override
    public StoreAnswer store(List<Scored> predictions) {
        RowsStored event = new RowsStored();
        StoreAnswer answer = store(tables.lastCheck(), predictions);
        event.ended(predictions.size(), answer);
        return answer;
    }

    private StoreAnswer store(TableCheck check, List<Scored> predictions) {
        return switch (check) {
            case TableCheck.Satisfied(Map<String, LiveColumn> captured) -> store(statement(captured), predictions);
            case TableCheck.Violated(String violations) -> new Refusal.Misconfigured(violations).answer();
            case TableCheck.Unknown(Refusal refusal) -> refusal.answer();
        };
    }

    private StoreAnswer store(GuardedUpsert statement, List<Scored> predictions) {
        return switch (postgres.send(statement.sql(), statement.arguments(predictions))) {
            case StatementResult.Rows(RowSet<Row> rows) -> outcomes(predictions, rows);
            case StatementResult.Refused(Refusal.Unstorable refusal)
            when predictions.size() == 1 -> checkAgain(statement, predictions, refusal);
            case StatementResult.Refused(Refusal.Misconfigured refusal) -> checkAgain(statement, predictions, refusal);
            case StatementResult.Refused(Refusal refusal) -> refusal.answer();
        };
    }

    /// Checks the tables, because the refusal may be due to columns that have changed since the last check.
    private StoreAnswer checkAgain(GuardedUpsert statement, List<Scored> predictions, Refusal refusal) {
        TableCheck now = tables.check();
        boolean same =
                now instanceof TableCheck.Satisfied(Map<String, LiveColumn> captured) && statement.isFor(captured);
        if (!same) {
            return store(now, predictions);
        }
        return refusal instanceof Refusal.Unstorable unstorable
                ? storeReduced(statement, predictions.getFirst(), unstorable)
                : refusal.answer();
    }

    private StoreAnswer storeReduced(GuardedUpsert statement, Scored refused, Refusal.Unstorable refusal) {
        Optional<Scored> reduced = reducer.reduce(refused);
        if (reduced.isEmpty()) {
            return refusal.answer();
        }
        return switch (postgres.send(statement.sql(), statement.arguments(List.of(reduced.get())))) {
            case StatementResult.Refused(Refusal.Unstorable again) -> storeReduced(statement, reduced.get(), again);
            case StatementResult.Refused(Refusal other) -> other.answer();
            case StatementResult.Rows(RowSet<Row> rows) -> {
                LOG.warnf(
                        "Change %s of table %s was stored without some values of the row before: %s",
                        refused.change().position(), refused.change().origin().qualifiedTable(), refusal.reason());
                yield outcomes(List.of(refused), rows);
            }
        };
    }

    private GuardedUpsert statement(Map<String, LiveColumn> captured) {
        GuardedUpsert statement = lastStatement
                .filter(last -> last.isFor(captured))
                .orElseGet(() -> new GuardedUpsert(contract, captured));
        lastStatement = Optional.of(statement);
        return statement;
    }

    /// The statement returns the places of the rows that it wrote. The other rows are stale.
    private static StoreAnswer outcomes(List<Scored> predictions, RowSet<Row> rows) {
        Outcome[] outcomes = new Outcome[predictions.size()];
        Arrays.fill(outcomes, Skipped.STALE);
        for (Row row : rows) {
            outcomes[row.getInteger(0)] = new Stored();
        }
        return new StoreAnswer.Each(List.of(outcomes));
    }
}
