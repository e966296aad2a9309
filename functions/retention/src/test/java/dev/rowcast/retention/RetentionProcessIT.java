package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.SigtermScenario;
import dev.rowcast.testkit.function.TableLock;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Start, refused start and end of the packaged retention function.
@Timeout(300)
class RetentionProcessIT extends ProcessOnPostgres {

    private static final double HIGH = 0.6;

    /// The test holds a batch for longer than the default timeout.
    private static final Map<String, String> PATIENT = Map.of("ROWCAST_ACTION_STATEMENT_TIMEOUT", "1m");

    private final StoredCases cases = new StoredCases(postgres);

    @Test
    void onSigtermRunningEventsAreAnsweredAndNewOnesRefused() throws Exception {
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, PATIENT)) {
            retention.awaitSender().deliver(CapturedEvents.scored("before", 1, HIGH));

            Set<String> answered = SigtermScenario.run(
                    retention, "retention", postgres, "retention_case", key -> CapturedEvents.scored(key, 10, HIGH));

            assertThat(cases.customers("stop-")).isEqualTo(answered);
            assertThat(cases.customers("late")).isEmpty();
        }
    }

    @Test
    void everyRunningBatchHasAConnection() throws Exception {
        int batches = 12;
        Map<String, String> wide = new HashMap<>(PATIENT);
        wide.put("ROWCAST_DELIVERY_IN_FLIGHT", Integer.toString(batches));
        wide.put("ROWCAST_DELIVERY_MAX_BATCH", "1");
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, wide)) {
            EventClient sender = retention.awaitSender();
            List<CompletableFuture<HttpResponse<String>>> sent;
            try (TableLock lock = new TableLock(postgres, "retention_case")) {
                sent = IntStream.range(0, batches)
                        .mapToObj(i -> sender.postAsync(CapturedEvents.scored("wide-" + i, 10, HIGH)))
                        .toList();
                lock.awaitWaiting("rowcast-retention", batches);
            }
            assertThat(sent).extracting(answer -> answer.join().statusCode()).containsOnly(204);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    ROWCAST_ACTION_RULE_THRESHOLD    | 0       | rowcast.action.rule.threshold must be above 0 and at most 1, is 0.0
                    ROWCAST_ACTION_RULE_HYSTERESIS   | -0.1    | rowcast.action.rule.hysteresis must be 0 or more
                    ROWCAST_ACTION_RULE_KIND         | perhaps | rowcast.action.rule.kind must be threshold, class, above or below, is perhaps
                    ROWCAST_ACTION_CAPTURED_TABLE    | ""      | rowcast.action.captured.table must be set
                    ROWCAST_ACTION_CASES_TABLE       | ""      | rowcast.action.cases.table must be set
                    ROWCAST_ACTION_EVENT_AGGREGATE   | a/b     | rowcast.action.event.aggregate must be a part of a topic's name, is a/b
                    ROWCAST_ACTION_STATEMENT_TIMEOUT | 0s      | rowcast.action.statement-timeout must be 100ms to 1h
                    ROWCAST_RETENTION_THRESHOLD      | 0.7     | ROWCAST_RETENTION_THRESHOLD was renamed: set ROWCAST_ACTION_RULE_THRESHOLD instead
                    ROWCAST_DELIVERY_MAX_BATCH       | 0       | rowcast.delivery.max-batch must be 1 or more, is 0
                    ROWCAST_SOURCE_EPOCH             | 256     | rowcast.source.epoch must be 0 to 255, is 256
                    """)
    void badConfigurationEndsTheProcessWithOneClearLine(String variable, String value, String line) throws Exception {
        try (PackagedFunction retention = RetentionProcess.start(folder, postgres, Map.of(variable, value))) {
            retention.assertCannotStart(line);
        }
    }

    @Test
    void wrongPasswordIsTheReasonWhyItIsNotReady() throws Exception {
        try (PackagedFunction retention =
                RetentionProcess.start(folder, postgres, Map.of("QUARKUS_DATASOURCE_PASSWORD", "open-sesame"))) {
            retention.health().awaitNotReady("28P01");

            assertThat(retention.post(CapturedEvents.scored("password", 1, HIGH)))
                    .isEqualTo(503);
            assertThat(retention.output()).doesNotContain("open-sesame");
        }
    }
}
