package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.SigtermScenario;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import dev.rowcast.testkit.station.Database;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Start, refused start and end of the packaged predictor.
@Timeout(300)
class PredictorProcessIT extends ProcessOnPostgres {

    private final CapturedRows captured = new CapturedRows(postgres);

    @Test
    void onSigtermRunningEventsAreAnsweredAndNewOnesRefused() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, Map.of())) {
            predictor.awaitSender().deliver(SourceEvents.insert(1, SourceEvents.row("before")));

            Set<String> answered = SigtermScenario.run(
                    predictor,
                    "predictor",
                    postgres,
                    "person_churn_history_captured",
                    key -> SourceEvents.insert(10, SourceEvents.row(key)));

            assertThat(captured.keys("stop-")).isEqualTo(answered);
            assertThat(captured.keys("late")).isEmpty();
        }
    }

    @Test
    void countsAreStoredBeforeTheProcessEnds() throws Exception {
        try (PackagedFunction predictor =
                PredictorProcess.start(folder, postgres, Map.of("ROWCAST_DRIFT_INTERVAL", "1h"))) {
            EventClient sender = predictor.awaitSender();
            long before = countedChanges();
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-1")));
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-2")));
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("counted-2")));

            predictor.terminate();

            assertThat(predictor.exitCode()).isIn(0, 143);
            assertThat(countedChanges()).isEqualTo(before + 2);
            // The function warns that no connector reads the slots of this Postgres.
            assertThat(predictor.output().lines())
                    .noneMatch(line -> line.contains("WARN") && !line.contains("path-warnings"))
                    .noneMatch(line -> line.contains("ERROR"));
        }
    }

    /// Each change is counted once in the bins of the first feature, gender: two values, others, missing.
    private static long countedChanges() throws SQLException {
        return Long.parseLong(
                new Database(postgres).text("SELECT coalesce(sum(n), 0) FROM rowcast_drift, unnest(counts[1:4]) AS n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ROWCAST_MODEL_FILE                  | model/none.onnx | rowcast.model.file cannot be used, model model/none.onnx
                    ROWCAST_MODEL_FILE                  | train.ipynb     | rowcast.model.file cannot be used, model train.ipynb
                    ROWCAST_MODEL_FILE                  | ../functions/core/src/test/resources/models/three-classes.onnx | three-classes.onnx: the graph's output probabilities: expected FLOAT of any number of rows by 2 columns
                    ROWCAST_MODEL_FIEL                  | model/churn.onnx | ROWCAST_MODEL_FIEL is no setting of this function
                    ROWCAST_DELIVERY_MAX_BATCH          | 0               | rowcast.delivery.max-batch must be 1 or more, is 0
                    ROWCAST_SOURCE_EPOCH                | 256             | rowcast.source.epoch must be 0 to 255, is 256
                    ROWCAST_DRIFT_INTERVAL              | 0s              | rowcast.drift.interval must be 1s to 1h
                    ROWCAST_PREDICTOR_STATEMENT_TIMEOUT | 0s              | rowcast.predictor.statement-timeout must be 100ms to 1h
                    """)
    void badConfigurationEndsTheProcessWithOneClearLine(String variable, String value, String line) throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, Map.of(variable, value))) {
            predictor.assertCannotStart(line);
        }
    }

    @Test
    void modelThatGivesNoProbabilityIsNotReadyAndNoRowIsBlamed() throws Exception {
        FaultyModel faulty = FaultyModel.in(folder);
        try (PackagedFunction predictor = PredictorProcess.start(
                folder, postgres, Map.of("ROWCAST_MODEL_FILE", faulty.file().toString()))) {
            HttpResponse<String> answer =
                    predictor.awaitSender().post(SourceEvents.insert(1, faulty.row("no-probability")));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                    .hasValueSatisfying(text -> assertThat(text).contains("gives NaN, which is no probability"));
            predictor
                    .health()
                    .awaitNotReady("gives NaN, which is no probability, for key no-probability: replace the model");
            assertThat(captured.keys("no-probability")).isEmpty();
        }
    }

    @Test
    void wrongPasswordIsTheReasonWhyItIsNotReady() throws Exception {
        try (PackagedFunction predictor =
                PredictorProcess.start(folder, postgres, Map.of("QUARKUS_DATASOURCE_PASSWORD", "open-sesame"))) {
            predictor.health().awaitNotReady("28P01");

            assertThat(predictor.post(SourceEvents.insert(1, SourceEvents.row("password"))))
                    .isEqualTo(503);
            assertThat(predictor.output()).doesNotContain("open-sesame");
        }
    }
}
