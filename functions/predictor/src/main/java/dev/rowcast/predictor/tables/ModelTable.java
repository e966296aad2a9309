package dev.rowcast.predictor.tables;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Table `public.rowcast_model`: the models that have scored, ranked in the order of their first use. Of
/// two scores of the same change, the score of the model with the higher rank is kept. Thread safe.
final class ModelTable {

    private static final Logger LOG = Logger.getLogger(ModelTable.class);

    /// Reads before it inserts, because a conflicting insert uses up a value of the identity.
    private static final String REGISTER = """
            WITH made AS (
                INSERT INTO public.rowcast_model (version, name)
                SELECT $1::text, $2::text WHERE NOT EXISTS (SELECT FROM public.rowcast_model WHERE version = $1::text)
                ON CONFLICT (version) DO NOTHING
            )
            SELECT above.version FROM public.rowcast_model own JOIN public.rowcast_model above
                ON above.name = own.name AND above.rank > own.rank
            WHERE own.version = $1::text ORDER BY above.rank DESC LIMIT 1""";

    private final PostgresClient postgres;
    private final ModelContract.Model model;
    private volatile Optional<String> higherRanked = Optional.empty();

    ModelTable(PostgresClient postgres, ModelContract.Model model) {
        this.postgres = postgres;
        this.model = model;
    }

    /// Inserts the model unless the table has it; blocks until Postgres answers.
    ///
    /// @return why Postgres refused; empty if the table has the model
    Optional<Refusal> register() {
        return switch (postgres.send(REGISTER, Tuple.of(model.version(), model.name()))) {
            case StatementResult.Rows(RowSet<Row> rows) -> {
                logHigherRank(rows);
                yield Optional.empty();
            }
            case StatementResult.Refused(Refusal refusal) -> Optional.of(refusal);
        };
    }

    private void logHigherRank(RowSet<Row> rows) {
        Optional<String> found = rows.stream().map(row -> row.getString(0)).findFirst();
        if (found.isPresent() && !found.equals(higherRanked)) {
            LOG.warnf(
                    "Model %s ranks below %s and does not replace its scores;"
                            + " to roll back, first run: SELECT rowcast_promote_model('%s')",
                    model.version(), found.get(), model.version());
        }
        higherRanked = found;
    }
}
