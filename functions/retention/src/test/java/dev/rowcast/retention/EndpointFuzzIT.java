package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Step;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.answer.AnswersByKind;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.answer.FuzzClient;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.retention.judge.Judge;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.judge.Rule;
import dev.rowcast.testkit.station.Postgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function under mutated recordings, with the memory that its container has.
class EndpointFuzzIT {

    private static final String TABLE = "person_churn_history_captured";
    private static final Map<String, String> SMALL =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError");

    @TempDir
    Path folder;

    @Test
    void everyInputHasAnAnswerOfTheOutcomeTableAndEachSuccessIsCommitted() throws Exception {
        FuzzPlan plan = FuzzPlan.ofRequests("retention", 1_000);
        Judge judge = new Judge(new Rule("churn", OptionalDouble.empty(), 0.05));
        DecoderOracle witness = new DecoderOracle(
                new ChangeDecoder(0, KeyColumns.of("public", TABLE, List.of("customerid")), judge.needed()),
                change -> judge.judge(change) instanceof Step.Next<Judgement>);
        try (Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
            postgres.applySchema();
            try (RetentionProcess retention = RetentionProcess.start(folder, postgres, SMALL)) {
                Health health = new Health(retention.address());
                health.awaitReady();

                AnswersByKind tally = new FuzzClient(retention.address(), "retention", witness)
                        .send(new FuzzInputs(Corpus.captured(), plan), plan);
                if (plan.watched()) {
                    System.out.printf("fuzz retention: %s, at most %d MiB%n", tally, retention.peakMemory());
                }

                assertThat(tally.of("204")).isPositive();
                assertThat(tally.of("not-storable")).isPositive();
                Map<String, Position> taken = witness.taken("public." + TABLE);
                Map<String, Position> stored = new Cases(postgres).positions();
                assertThat(taken).isNotEmpty();
                assertThat(stored).containsKeys(taken.keySet().toArray(String[]::new));
                taken.forEach(
                        (key, position) -> assertThat(stored.get(key)).as(key).isGreaterThanOrEqualTo(position));
                assertItStillTakesLargeEvents(new Sender(retention.address()));
                health.awaitReady();
                assertThat(retention.output())
                        .doesNotContain("java.lang.OutOfMemoryError", "Fault while handling", "Exception");
            }
        }
    }

    /// Together they take most of the memory that events may have: none of it is lost to those before.
    private static void assertItStillTakesLargeEvents(Sender sender) {
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("large-1", "large-2", "large-3")
                .map(key ->
                        Events.event(Events.TABLE, "u", 1, Events.row(key, 0.9).put("notes", "x".repeat(1_800_000))))
                .map(sender::postAsync)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(204));
    }
}
