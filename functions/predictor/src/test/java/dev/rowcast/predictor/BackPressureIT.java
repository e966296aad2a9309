package dev.rowcast.predictor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.TableLock;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The packaged predictor with more events than Postgres stores or its memory holds.
@Timeout(300)
class BackPressureIT extends ProcessOnPostgres {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// The most events that KafkaSource sends at the same time.
    private static final int SENDERS = 99;

    /// The memory limit of the container in MiB; the default heap is a quarter of it.
    private static final int CONTAINER = 384;

    private static final Map<String, String> SMALL = Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Xmx" + CONTAINER / 4 + "m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError",
            "ROWCAST_PREDICTOR_STATEMENT_TIMEOUT",
            "1m",
            "ROWCAST_DELIVERY_RETRY_AFTER",
            "1s",
            // Whole floods of rejected events are part of this test.
            "ROWCAST_DELIVERY_FLOOD_LIMIT",
            "0");

    private final CapturedRows captured = new CapturedRows(postgres);

    @Test
    void slowStoreMeansRetriesAndEachSuccessIsCommitted() throws Exception {
        Map<String, String> narrow = new HashMap<>(SMALL);
        narrow.putAll(Map.of(
                "ROWCAST_DELIVERY_MAX_BATCH", "2",
                "ROWCAST_DELIVERY_MAX_WAITING", "5",
                "ROWCAST_DELIVERY_IN_FLIGHT", "1",
                "ROWCAST_DELIVERY_RETRY_AFTER", "3s"));
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, narrow)) {
            EventClient sender = predictor.awaitSender();
            sender.deliver(SourceEvents.insert(1, SourceEvents.row("before")));

            Map<String, CompletableFuture<HttpResponse<String>>> sent;
            try (TableLock _ = new TableLock(postgres, "person_churn_history_captured")) {
                // When
                sent = IntStream.range(0, 60)
                        .mapToObj(i -> "slow-" + i)
                        .collect(Collectors.toMap(
                                key -> key, key -> sender.postAsync(SourceEvents.insert(10, SourceEvents.row(key)))));
                // A batch of one or two waits for the lock, and five events wait for the batch. All others are
                // answered.
                await().atMost(PATIENCE)
                        .until(() -> List.of(60L - 1 - 5, 60L - 2 - 5)
                                .contains(answered(sent).count()));

                // Then
                assertThat(answered(sent)).allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).contains("3");
                });
            }

            // Then
            Set<String> stored = sent.entrySet().stream()
                    .filter(each -> each.getValue().join().statusCode() == 204)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            assertThat(stored).hasSizeBetween(6, 7);
            assertThat(captured.keys("slow-")).isEqualTo(stored);
            for (String key : sent.keySet()) {
                assertThat(sender.deliver(SourceEvents.insert(10, SourceEvents.row(key)))
                                .statusCode())
                        .isEqualTo(204);
            }
            assertThat(captured.keys("slow-")).isEqualTo(sent.keySet());
        }
    }

    private static Stream<HttpResponse<String>> answered(Map<String, CompletableFuture<HttpResponse<String>>> sent) {
        return sent.values().stream().filter(CompletableFuture::isDone).map(CompletableFuture::join);
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                flood("rows of 1 MiB", 60, i -> row(i, 1 << 19), 204),
                flood("rows of 9 MiB", 6, i -> row(i, 9 << 19), 204),
                flood("documents of many small values", 150, i -> bytes("[" + "{},".repeat(45_000) + i + "]"), 422),
                flood("largest bodies that are no document", 10, i -> bytes("{},".repeat(3_300_000) + i), 422),
                flood("deletes of short numbers with many zeros", 400, BackPressureIT::manyZeros, 204),
                flood("rows of everyday", 1_000, i -> row(i, 10), 204));
    }

    private static Arguments flood(String name, int count, IntFunction<byte[]> body, int status) {
        return Arguments.of(name, count, body, status);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void floodNeverFillsTheMemoryAndEachEventIsAnswered(String name, int count, IntFunction<byte[]> body, int status)
            throws Exception {
        captured.execute("DELETE FROM person_churn_history_captured");
        try (PackagedFunction predictor = PredictorProcess.start(folder, postgres, SMALL);
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            EventClient sender = predictor.awaitSender();
            LongAdder refused = new LongAdder();
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                answers.add(senders.submit(() -> sender.deliver(body.apply(number), retry -> refused.increment())));
            }

            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(status);
            }

            System.out.printf(
                    "  %s: %d answered %d, %d retries, at most %d MiB%n",
                    name, count, status, refused.sum(), predictor.peakMemory());
            assertThat(predictor.alive()).as(predictor.output()).isTrue();
            assertThat(predictor.output()).doesNotContain("java.lang.OutOfMemoryError");
            assertThat(predictor.peakMemory()).isLessThan(CONTAINER);
            assertThat(captured.keys("flood-")).hasSize(status == 204 ? count : 0);
        }
    }

    /// A row with a large text, before and after.
    private static byte[] row(int number, int letters) {
        ObjectNode row = SourceEvents.row("flood-" + number).put("notes", "x".repeat(letters));
        return bytes(SourceEvents.update(10, row, row));
    }

    /// No column holds such a number, and written out the row is a thousand times as long.
    private static byte[] manyZeros(int number) {
        ObjectNode row = SourceEvents.row("flood-" + number);
        row.fieldNames().forEachRemaining(column -> {
            if (!column.equals("customerid")) {
                row.put(column, new BigDecimal("1e131072"));
            }
        });
        return bytes(SourceEvents.delete(10, row));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
