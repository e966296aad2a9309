package dev.rowcast.predictor.store;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.tables.LiveColumn;
import dev.rowcast.predictor.tables.LiveTables;
import dev.rowcast.predictor.tables.TableCheck;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Arrays;
import java.util.List;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The captured table. It takes nothing while the tables do not keep the contract, and looks at them
/// again when Postgres says that something about them has changed. What it refuses of a single change is sent
/// again with less of the row before, see [ChangeReducer], so that only its key can make a delete unstorable.
public final class GuardedStore implements PredictionStore {

    private static final Logger LOG = Logger.getLogger(GuardedStore.class);

    private final LiveTables tables;
    private final PostgresClient postgres;
    private final ModelContract contract;
    private final ChangeReducer remainders;
    private volatile Optional<GuardedUpsert> made = Optional.empty();

    /// Stores through `postgres` what was scored under `contract`.
    public GuardedStore(LiveTables tables, PostgresClient postgres, ModelContract contract) {
        this.tables = tables;
        this.postgres = postgres;
        this.contract = contract;
        this.remainders = new ChangeReducer(postgres, contract);
    }

    @Override
    public StoreAnswer store(List<Scored> predictions) {
        return store(tables.known(), predictions);
    }

    private StoreAnswer store(TableCheck known, List<Scored> predictions) {
        return switch (known) {
            case TableCheck.Satisfied(Map<String, LiveColumn> captured) -> store(statement(captured), predictions);
            case TableCheck.Violated(String violations) ->
                new Refusal.Misconfigured(violations).answer();
            case TableCheck.Unknown(Refusal refusal) -> refusal.answer();
        };
    }

    private StoreAnswer store(GuardedUpsert statement, List<Scored> predictions) {
        return switch (postgres.send(statement.sql(), statement.arguments(predictions))) {
            case StatementResult.Rows(RowSet<Row> rows) -> outcomes(predictions, rows);
            case StatementResult.Refused(Refusal.Unstorable refusal)
            when predictions.size() == 1 -> lookAgain(statement, predictions, refusal);
            case StatementResult.Refused(Refusal.Misconfigured refusal) -> lookAgain(statement, predictions, refusal);
            case StatementResult.Refused(Refusal refusal) -> refusal.answer();
        };
    }

    /// Nothing is refused for good because of what the tables were a moment ago.
    private StoreAnswer lookAgain(GuardedUpsert statement, List<Scored> predictions, Refusal refusal) {
        TableCheck now = tables.check();
        boolean same = now instanceof TableCheck.Satisfied(Map<String, LiveColumn> captured) && statement.isFor(captured);
        if (!same) {
            return store(now, predictions);
        }
        return refusal instanceof Refusal.Unstorable unstorable
                ? storeWithLess(statement, predictions.getFirst(), unstorable)
                : refusal.answer();
    }

    private StoreAnswer storeWithLess(GuardedUpsert statement, Scored refused, Refusal.Unstorable refusal) {
        Optional<Scored> less = remainders.of(refused);
        if (less.isEmpty()) {
            return refusal.answer();
        }
        return switch (postgres.send(statement.sql(), statement.arguments(List.of(less.get())))) {
            case StatementResult.Refused(Refusal.Unstorable again) -> storeWithLess(statement, less.get(), again);
            case StatementResult.Refused(Refusal other) -> other.answer();
            case StatementResult.Rows(RowSet<Row> rows) -> {
                LOG.warnf(
                        "Change %s of table %s was stored without all of the row before it: %s",
                        refused.change().position(), refused.change().origin().qualifiedTable(), refusal.reason());
                yield outcomes(List.of(refused), rows);
            }
        };
    }

    private GuardedUpsert statement(Map<String, LiveColumn> captured) {
        Optional<GuardedUpsert> last = made.filter(statement -> statement.isFor(captured));
        GuardedUpsert statement = last.orElseGet(() -> new GuardedUpsert(contract, captured));
        made = Optional.of(statement);
        return statement;
    }

    /// The statement returns the places of the rows that it wrote; the guard held back the others.
    private static StoreAnswer outcomes(List<Scored> predictions, RowSet<Row> rows) {
        Outcome[] outcomes = new Outcome[predictions.size()];
        Arrays.fill(outcomes, Skipped.STALE);
        for (Row row : rows) {
            outcomes[row.getInteger(0)] = new Stored();
        }
        return new StoreAnswer.Each(List.of(outcomes));
    }
}
