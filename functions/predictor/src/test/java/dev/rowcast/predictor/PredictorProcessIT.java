package dev.rowcast.predictor;

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
import java.util.HashSet;
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
class PredictorProcessIT {

    private static Postgres postgres;
    private static CapturedRows captured;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path data) {
        postgres = Postgres.start(data);
        postgres.applySchema();
        captured = new CapturedRows(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void onSigtermEventsUnderWayAreAnsweredAndNewOnesRefused() throws Exception {
        try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, Map.of());
                Connection locker = postgres.connect("postgres");
                Statement lock = locker.createStatement()) {
            URI address = predictor.address();
            Health health = new Health(address);
            Sender sender = new Sender(address);
            health.awaitReady();
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("before")));

            // Given: a batch that waits for Postgres, and events that wait for the batch.
            locker.setAutoCommit(false);
            lock.execute("LOCK TABLE person_churn_history_captured IN EXCLUSIVE MODE");
            Map<String, CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 40)
                    .mapToObj(i -> "stop-" + i)
                    .collect(Collectors.toMap(key -> key, key -> sender.postAsync(SourceEvents.insert(10, SourceEvents.row(key)))));
            awaitWaitingStatement();

            // When
            predictor.terminate();
            health.awaitNotReady("takes no more events");
            HttpResponse<String> refused = sender.post(SourceEvents.insert(1, SourceEvents.row("late")));
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
            assertThat(predictor.exitCode()).isIn(0, 143);
            assertThat(captured.keys("stop-")).isEqualTo(answered);
            assertThat(captured.keys("late")).isEmpty();
            assertThat(predictor.output()).doesNotContain("ERROR", "Exception");
        }
    }

    @Test
    void whatItHasCountedIsInPostgresWhenItHasStopped() throws Exception {
        try (PredictorProcess predictor =
                PredictorProcess.start(folder, postgres, Map.of("ROWCAST_DRIFT_INTERVAL", "1h"))) {
            new Health(predictor.address()).awaitReady();
            long before = countedChanges();
            Sender sender = new Sender(predictor.address());
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-1")));
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-2")));
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-2")));

            predictor.terminate();

            assertThat(predictor.exitCode()).isIn(0, 143);
            assertThat(countedChanges()).isEqualTo(before + 2);
            // Nobody reads the slots of this Postgres, and the function says so.
            assertThat(predictor.output().lines())
                    .noneMatch(line -> line.contains("WARN") && !line.contains("path-warnings"))
                    .noneMatch(line -> line.contains("ERROR"));
        }
    }

    /// Each change is counted once in the bins of the first feature, gender: two values, others, missing.
    private static long countedChanges() throws SQLException {
        try (Connection connection = postgres.connect("app");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT coalesce(sum(n), 0) FROM rowcast_drift, unnest(counts[1:4]) AS n")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static void awaitWaitingStatement() throws SQLException {
        while (waitingStatements() == 0) {
            StationProcess.pause();
        }
    }

    private static int waitingStatements() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'rowcast-predictor' AND wait_event_type = 'Lock'""")) {
            count.next();
            return count.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ROWCAST_MODEL_FILE                  | model/none.onnx | rowcast.model.file cannot be used, model model/none.onnx
                    ROWCAST_MODEL_FILE                  | train.ipynb     | rowcast.model.file cannot be used, model train.ipynb
                    ROWCAST_MODEL_FILE                  | ../functions/core/src/test/resources/models/three-classes.onnx | three-classes.onnx: the graph's output probabilities: expected FLOAT of any number of rows by 2 columns
                    ROWCAST_DELIVERY_MAX_BATCH          | 0               | rowcast.delivery.max-batch must be 1 or more, is 0
                    ROWCAST_SOURCE_EPOCH                | 256             | rowcast.source.epoch must be 0 to 255, is 256
                    ROWCAST_DRIFT_INTERVAL              | 0s              | rowcast.drift.interval must be 1s to 1h
                    ROWCAST_PREDICTOR_STATEMENT_TIMEOUT | 0s              | rowcast.predictor.statement-timeout must be 100ms to 1h
                    """)
    void badConfigurationEndsTheProcessWithOneClearLine(String variable, String value, String line) throws Exception {
        try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, Map.of(variable, value))) {
            assertThat(predictor.exitCode()).isEqualTo(1);
            assertThat(predictor.output().lines().filter(text -> text.contains("Cannot start")))
                    .singleElement()
                    .asString()
                    .contains(line);
            assertThat(predictor.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void modelThatGivesNoProbabilityIsNotReadyAndNoRowIsBlamed() throws Exception {
        FaultyModel faulty = FaultyModel.in(folder);
        try (PredictorProcess predictor = PredictorProcess.start(
                folder, postgres, Map.of("ROWCAST_MODEL_FILE", faulty.file().toString()))) {
            Health health = new Health(predictor.address());
            health.awaitReady();

            HttpResponse<String> answer =
                    new Sender(predictor.address()).post(SourceEvents.insert(1, faulty.row("no-probability")));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                    .hasValueSatisfying(text -> assertThat(text).contains("gives NaN, which is no probability"));
            health.awaitNotReady("gives NaN, which is no probability, for key no-probability: replace the model");
            assertThat(captured.keys("no-probability")).isEmpty();
        }
    }

    @Test
    void wrongPasswordIsTheReasonWhyItIsNotReady() throws Exception {
        try (PredictorProcess predictor =
                PredictorProcess.start(folder, postgres, Map.of("QUARKUS_DATASOURCE_PASSWORD", "open-sesame"))) {
            new Health(predictor.address()).awaitNotReady("28P01");

            HttpResponse<String> answer =
                    new Sender(predictor.address()).post(SourceEvents.insert(1, SourceEvents.row("password")));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(predictor.output()).doesNotContain("open-sesame");
        }
    }
}
