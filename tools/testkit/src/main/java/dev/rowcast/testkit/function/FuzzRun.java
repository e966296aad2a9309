package dev.rowcast.testkit.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.answer.AnswersByKind;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.answer.FuzzClient;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Sends mutated recordings to a packaged function and checks its answers.
///
/// @param name the function's name
/// @param function the function, with the memory of its container
/// @param witness compares answers with what the decoder reads
public record FuzzRun(String name, PackagedFunction function, DecoderOracle witness) {

    /// The memory of a container, as an environment of a [PackagedFunction].
    public static final Map<String, String> SMALL_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError");

    private static final int REQUESTS = 1_000;
    private static final String LARGE = "x".repeat(1_800_000);

    /// Sends the inputs. Fails if an answer contradicts the decoder or the outcome table.
    public void send(Corpus corpus) throws IOException, InterruptedException {
        FuzzPlan plan = FuzzPlan.ofRequests(name, REQUESTS);
        function.health().awaitReady();
        AnswersByKind tally =
                new FuzzClient(function.address(), name, witness).send(new FuzzInputs(corpus, plan), plan);
        if (plan.watched()) {
            System.out.printf("fuzz %s: %s, at most %d MiB%n", name, tally, function.peakMemory());
        }
        assertThat(tally.of("204")).isPositive();
        assertThat(tally.of("not-storable")).isPositive();
    }

    /// Fails unless each change that was answered 204 is stored at its position or at a later one.
    ///
    /// @param table as `schema.table`
    /// @param stored the stored position of each key
    public void assertStored(String table, Map<String, Position> stored) {
        Map<String, Position> taken = witness.taken(table);
        assertThat(taken).isNotEmpty();
        assertThat(stored).containsKeys(taken.keySet().toArray(String[]::new));
        taken.forEach((key, position) -> assertThat(stored.get(key)).as(key).isGreaterThanOrEqualTo(position));
    }

    /// Fails unless the function still takes large events and has logged no fault. Together the events need most of the
    /// memory for events: the inputs before them have left none of it reserved.
    ///
    /// @param event an event of a key whose row holds a text
    public void assertHealthy(LargeEvent event) throws IOException {
        EventClient sender = new EventClient(function.address());
        List<String> large = Stream.of("large-1", "large-2", "large-3")
                .map(key -> event.of(key, LARGE))
                .toList();
        assertThat(sender.postAll(large)).extracting(HttpResponse::statusCode).containsOnly(204);
        function.health().awaitReady();
        assertThat(function.output()).doesNotContain("java.lang.OutOfMemoryError", "Fault while handling", "Exception");
    }

    /// Builds a large event.
    @FunctionalInterface
    public interface LargeEvent {

        /// {@return an event}
        ///
        /// @param text the value of a column
        String of(String key, String text);
    }
}
