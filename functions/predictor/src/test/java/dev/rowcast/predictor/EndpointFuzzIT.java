package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.predictor.store.StoredColumns;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.answer.AnswersByKind;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.answer.FuzzClient;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.testkit.station.Postgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function under mutated recordings, with the memory that its container has.
class EndpointFuzzIT {

    private static final String TABLE = "person_churn_history";
    private static final Map<String, String> SMALL =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError");

    @TempDir
    Path folder;

    @Test
    void everyInputHasAnAnswerOfTheOutcomeTableAndEachSuccessIsCommitted() throws Exception {
        FuzzPlan plan = FuzzPlan.ofRequests("predictor", 1_000);
        DecoderOracle witness = new DecoderOracle(decoder(), change -> true);
        try (Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
            postgres.applySchema();
            try (PredictorProcess predictor = PredictorProcess.start(folder, postgres, SMALL)) {
                Health health = new Health(predictor.address());
                health.awaitReady();

                AnswersByKind tally = new FuzzClient(predictor.address(), "predictor", witness)
                        .send(new FuzzInputs(Corpus.source(), plan), plan);
                if (plan.watched()) {
                    System.out.printf("fuzz predictor: %s, at most %d MiB%n", tally, predictor.peakMemory());
                }

                assertThat(tally.of("204")).isPositive();
                assertThat(tally.of("not-storable")).isPositive();
                Map<String, Position> taken = witness.taken("public." + TABLE);
                Map<String, Position> stored = new Captured(postgres).positions();
                assertThat(taken).isNotEmpty();
                assertThat(stored).containsKeys(taken.keySet().toArray(String[]::new));
                taken.forEach(
                        (key, position) -> assertThat(stored.get(key)).as(key).isGreaterThanOrEqualTo(position));
                assertItStillTakesLargeEvents(new Sender(predictor.address()));
                health.awaitReady();
                assertThat(predictor.output())
                        .doesNotContain("java.lang.OutOfMemoryError", "Fault while handling", "Exception");
            }
        }
    }

    private static ChangeDecoder decoder() {
        try (OnnxScorer scorer = OnnxScorer.load(ChurnModel.FILE)) {
            return new ChangeDecoder(
                    0,
                    KeyColumns.of("public", TABLE, List.of("customerid")),
                    NeededColumns.of(StoredColumns.of(scorer.contract())));
        }
    }

    /// Together they take most of the memory that events may have: none of it is lost to those before.
    private static void assertItStillTakesLargeEvents(Sender sender) {
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("large-1", "large-2", "large-3")
                .map(key -> Events.insert(1, Events.row(key).put("notes", "x".repeat(1_800_000))))
                .map(sender::postAsync)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(204));
    }
}
