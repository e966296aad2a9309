package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.station.Postgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged function as a process: how it starts, how it refuses to, and how it ends.
@Timeout(300)
class RetentionProcessIT {

    private static final double HIGH = 0.6;

    /// A batch waits for as long as the test holds it.
    private static final Map<String, String> PATIENT = Map.of("ROWCAST_RETENTION_STATEMENT_TIMEOUT", "1m");

    private static Postgres postgres;
    private static StoredCases cases;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path data) {
        postgres = Postgres.start(data);
        postgres.applySchema();
        cases = new StoredCases(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void onSigtermEventsUnderWayAreAnsweredAndNewOnesRefused() throws Exception {
        try (RetentionProcess retention = RetentionProcess.start(folder, postgres, PATIENT);
                Connection locker = postgres.connect("postgres");
                Statement lock = locker.createStatement()) {
            URI address = retention.address();
            Health health = new Health(address);
            Sender sender = new Sender(address);
            health.awaitReady();
            sender.deliver(CapturedEvents.scored("before", 1, HIGH));

            // Given: a batch that waits for Postgres, and events that wait for the batch.
            locker.setAutoCommit(false);
            lock.execute("LOCK TABLE retention_case IN EXCLUSIVE MODE");
            Map<String, CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 40)
                    .mapToObj(i -> "stop-" + i)
                    .collect(Collectors.toMap(key -> key, key -> sender.postAsync(CapturedEvents.scored(key, 10, HIGH))));
            awaitWaitingStatements(1);

            // When
            retention.terminate();
            health.awaitNotReady("takes no more events");
            HttpResponse<String> refused = sender.post(CapturedEvents.scored("late", 1, HIGH));
            locker.rollback();

            // Then
            assertThat(refused.statusCode()).isEqualTo(503);
            Set<String> answered = new HashSet<>();
            sent.forEach((key, answer) -> {
                // An event that comes in after the signal is one of the new ones.
                assertThat(answer.join().statusCode()).isIn(204, 503);
                if (answer.join().statusCode() == 204) {
                    answered.add(key);
                }
            });
            assertThat(answered).as("at least those of the batch that waited").isNotEmpty();
            assertThat(retention.exitCode()).isIn(0, 143);
            assertThat(cases.customers("stop-")).isEqualTo(answered);
            assertThat(cases.customers("late")).isEmpty();
            assertThat(retention.output()).doesNotContain("ERROR", "Exception");
        }
    }

    @Test
    void everyBatchUnderWayHasAConnectionHoweverManyThereAre() throws Exception {
        int batches = 12;
        Map<String, String> wide = new HashMap<>(PATIENT);
        wide.put("ROWCAST_DELIVERY_IN_FLIGHT", Integer.toString(batches));
        wide.put("ROWCAST_DELIVERY_MAX_BATCH", "1");
        try (RetentionProcess retention = RetentionProcess.start(folder, postgres, wide);
                Connection locker = postgres.connect("postgres");
                Statement lock = locker.createStatement()) {
            new Health(retention.address()).awaitReady();
            Sender sender = new Sender(retention.address());
            locker.setAutoCommit(false);
            lock.execute("LOCK TABLE retention_case IN EXCLUSIVE MODE");

            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, batches)
                    .mapToObj(i -> sender.postAsync(CapturedEvents.scored("wide-" + i, 10, HIGH)))
                    .toList();

            awaitWaitingStatements(batches);
            locker.rollback();
            assertThat(sent).extracting(answer -> answer.join().statusCode()).containsOnly(204);
        }
    }

    private static void awaitWaitingStatements(int least) throws SQLException {
        while (waitingStatements() < least) {
            StationProcess.pause();
        }
    }

    private static int waitingStatements() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'rowcast-retention' AND wait_event_type = 'Lock'""")) {
            count.next();
            return count.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ROWCAST_RETENTION_THRESHOLD         | 0    | rowcast.retention.threshold must be above 0 and at most 1, is 0.0
                    ROWCAST_RETENTION_HYSTERESIS        | -0.1 | rowcast.retention.hysteresis must be 0 or more
                    ROWCAST_RETENTION_TABLE             | none | rowcast.retention.table must be schema.table, is none
                    ROWCAST_RETENTION_STATEMENT_TIMEOUT | 0s   | rowcast.retention.statement-timeout must be 100ms to 1h
                    ROWCAST_DELIVERY_MAX_BATCH          | 0    | rowcast.delivery.max-batch must be 1 or more, is 0
                    ROWCAST_SOURCE_EPOCH                | 256  | rowcast.source.epoch must be 0 to 255, is 256
                    """)
    void badConfigurationEndsTheProcessWithOneClearLine(String variable, String value, String line) throws Exception {
        try (RetentionProcess retention = RetentionProcess.start(folder, postgres, Map.of(variable, value))) {
            assertThat(retention.exitCode()).isEqualTo(1);
            assertThat(retention.output().lines().filter(text -> text.contains("Cannot start")))
                    .singleElement()
                    .asString()
                    .contains(line);
            assertThat(retention.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void wrongPasswordIsTheReasonWhyItIsNotReady() throws Exception {
        try (RetentionProcess retention =
                RetentionProcess.start(folder, postgres, Map.of("QUARKUS_DATASOURCE_PASSWORD", "open-sesame"))) {
            new Health(retention.address()).awaitNotReady("28P01");

            HttpResponse<String> answer = new Sender(retention.address()).post(CapturedEvents.scored("password", 1, HIGH));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(retention.output()).doesNotContain("open-sesame");
        }
    }
}
