package dev.rowcast.predictor.store;

import dev.rowcast.change.Delete;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.postgres.Limits;
import dev.rowcast.predictor.ChurnModel;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scoring;
import dev.rowcast.predictor.tables.LiveTables;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Decodes, scores and stores events in a real Postgres as role predictor, for any epoch and any model version.
public final class Predictions implements AutoCloseable {

    private final Database database;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final OnnxScorer scorer;
    private final FeatureReader features;

    /// Starts a Postgres with the schema.
    ///
    /// @param folder its data folder
    public static Predictions start(Path folder) {
        return new Predictions(Database.start(folder).postgres());
    }

    /// Starts a Postgres with the schema, for another model.
    ///
    /// @param folder its data folder
    static Predictions start(Path folder, Path model) {
        return new Predictions(Database.start(folder).postgres(), model);
    }

    /// @param postgres a Postgres with the schema, closed with this
    Predictions(Postgres postgres) {
        this(postgres, ChurnModel.FILE);
    }

    private Predictions(Postgres postgres, Path model) {
        this.scorer = OnnxScorer.load(model);
        this.features = new FeatureReader(scorer.contract());
        this.database = new Database(postgres);
        PgConnectOptions options = PgConnectOptions.fromUri(postgres.uri())
                .setUser("predictor")
                .setPassword(postgres.password("predictor"))
                .setCachePreparedStatements(true);
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /// A predictor of the epoch 0, under the model's own version.
    BatchPredictor predictor() {
        return predictor(contract(scorer.contract().model().version()));
    }

    /// A predictor under another version of the model.
    BatchPredictor predictor(String version) {
        return predictor(contract(version));
    }

    BatchPredictor predictor(ModelContract contract) {
        return predictor(contract, store -> store);
    }

    /// A predictor with a wrapped store.
    public BatchPredictor predictor(ModelContract contract, UnaryOperator<PredictionStore> around) {
        dev.rowcast.predictor.postgres.PostgresClient connection = connection();
        LiveTables tables = new LiveTables(connection, contract);
        tables.check().problem().ifPresent(problem -> {
            throw new AssertionError(problem);
        });
        return new BatchPredictor(new Scoring(scorer), around.apply(new GuardedStore(tables, connection, contract)));
    }

    public dev.rowcast.predictor.postgres.PostgresClient connection() {
        return new dev.rowcast.predictor.postgres.PostgresClient(pool, new Limits(Duration.ofMinutes(1)));
    }

    ModelContract contract(String version) {
        ModelContract own = scorer.contract();
        return new ModelContract(
                own.version(),
                new ModelContract.Model(own.model().name(), version),
                own.source(),
                own.captured(),
                own.features(),
                own.label(),
                own.output(),
                own.training(),
                own.parity());
    }

    /// What differs between the tables and the contract; empty if they match.
    Optional<String> tableProblem() {
        return new LiveTables(connection(), scorer.contract()).check().problem();
    }

    public OnnxScorer scorer() {
        return scorer;
    }

    /// Predicts the events as one batch.
    public List<Outcome> predict(BatchPredictor predictor, int epoch, String... bodies) {
        return predictor.predict(
                Stream.of(bodies).map(body -> scorable(epoch, body)).toList());
    }

    /// Predicts the events as one batch, in the epoch 0, under the model's own version.
    List<Outcome> predict(String... bodies) {
        return predict(predictor(), 0, bodies);
    }

    Scorable scorable(int epoch, String body) {
        ModelContract.Source source = scorer.contract().source();
        ChangeDecoder decoder = new ChangeDecoder(epoch, KeyColumns.of(source.schema(), source.table(), source.key()));
        return switch (decoder.decode(body.getBytes(StandardCharsets.UTF_8)).orElseThrow()) {
            case Upsert upsert ->
                new Scorable.Upserted(upsert, features.read(upsert.after()).orElseThrow());
            case Delete delete -> new Scorable.Deleted(delete);
        };
    }

    /// The stored row of a key, each column as text and null as `null`; empty when there is none.
    Map<String, String> stored(String key) throws SQLException {
        List<Map<String, String>> rows = rows("SELECT *, (extract(epoch FROM source_ts) * 1000)::bigint AS source_ms"
                + " FROM person_churn_history_captured WHERE customerid = '" + key + "'");
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }

    /// The rows of a query by the superuser, each value as text and null as `null`.
    public List<Map<String, String>> rows(String sql) throws SQLException {
        List<Map<String, String>> rows = database.rows(sql);
        rows.forEach(row -> row.replaceAll((column, value) -> String.valueOf(value)));
        return rows;
    }

    /// Runs statements as the superuser.
    public void execute(String sql) throws SQLException {
        database.execute(sql);
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        scorer.close();
        database.close();
    }
}
