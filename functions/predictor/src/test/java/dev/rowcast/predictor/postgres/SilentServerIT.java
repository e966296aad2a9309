package dev.rowcast.predictor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.postgres.Limits;
import dev.rowcast.postgres.Refusal;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that takes connections and says nothing, as behind a firewall that swallows everything.
@Timeout(60)
class SilentServerIT {

    private static final int MORE_THAN_THE_POOL_HOLDS = 5;

    private final CountDownLatch closedByTheClient = new CountDownLatch(MORE_THAN_THE_POOL_HOLDS);
    private Vertx vertx;
    private ServerSocket server;
    private Pool pool;

    private record Input(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx();
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        DeliverySettings delivery = new SmallRyeConfigBuilder()
                .withMapping(DeliverySettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(DeliverySettings.class);
        PgConnectOptions options = PgConnectOptions.fromUri(
                        "postgresql://127.0.0.1:" + server.getLocalPort() + "/rowcast")
                .setUser("predictor");
        pool = new LimitedPool(limits(), delivery, () -> 0)
                .create(new Input(vertx, new PoolOptions(), List.of(options)));
    }

    @AfterEach
    void stop() throws IOException {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private static Limits limits() {
        return new Limits(Duration.ofMillis(100));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> awaitClose(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void awaitClose(Socket client) {
        try (client) {
            while (client.getInputStream().read() >= 0) {
                // Said nothing, whatever came.
            }
            closedByTheClient.countDown();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Test
    void connectionOnWhichNothingMovesIsClosedAndGivesItsPlaceBack() throws InterruptedException {
        PostgresClient postgres = new PostgresClient(pool, limits());

        for (int i = 0; i < MORE_THAN_THE_POOL_HOLDS; i++) {
            assertThat(postgres.send("SELECT 1", Tuple.tuple()))
                    .isInstanceOfSatisfying(
                            StatementResult.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Temporary.class));
        }

        closedByTheClient.await();
    }
}
