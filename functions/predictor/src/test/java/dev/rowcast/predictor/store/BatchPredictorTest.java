package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Key;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Origin;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.predictor.ChurnModel;
import dev.rowcast.predictor.FaultyModel;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.score.Scoring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored of a batch, in which order, and how each of its changes is answered. Changes are scored
/// by the real model; the answers of the store are given here.
class BatchPredictorTest {

    private static final Skipped STALE = Skipped.STALE;
    private static final Stored STORED = new Stored();

    private static OnnxScorer scorer;

    private final List<List<String>> statements = new ArrayList<>();

    @BeforeAll
    static void load() {
        scorer = OnnxScorer.load(ChurnModel.FILE);
    }

    @AfterAll
    static void close() {
        scorer.close();
    }

    @Test
    void eachChangeIsAnsweredByItsOwnRow() {
        List<Outcome> outcomes = predict(items -> committed(items, "a1", "c1"), "a1", "b1", "c1", "d1x");

        assertThat(outcomes).containsExactly(STORED, STALE, STORED, STALE);
    }

    @Test
    void onlyTheNewestOfAKeyIsSentInTheOrderOfTheKeys() {
        List<Outcome> outcomes = predict(this::all, "c2", "a3", "b1", "a9", "a5");

        assertThat(statements).containsExactly(List.of("a9", "b1", "c2"));
        assertThat(outcomes).containsExactly(STORED, STALE, STORED, STORED, STALE);
    }

    @Test
    void olderChangeTakesThePlaceOfANewerOneThatIsAtFault() {
        List<Outcome> outcomes = predict(
                items -> items.contains("a9") ? new Refusal.Unstorable("overflow").answer() : all(items),
                "a3",
                "a9",
                "a5",
                "b1");

        assertThat(statements).containsExactly(List.of("a9", "b1"), List.of("a9"), List.of("b1"), List.of("a5"));
        assertThat(outcomes).containsExactly(STALE, new Rejected(Reason.NOT_STORABLE, "overflow"), STORED, STORED);
    }

    @Test
    void staleChangeSaysNothingAboutAReadBelowIt() {
        List<Outcome> outcomes = predict(items -> committed(items, "a0r"), "a0r", "a4", "a3");

        assertThat(statements).containsExactly(List.of("a4"), List.of("a0r"));
        assertThat(outcomes).containsExactly(STORED, STALE, STALE);
    }

    @Test
    void readBelowAStoredChangeIsStaleWithoutAskingAgain() {
        List<Outcome> outcomes = predict(this::all, "a0r", "a4");

        assertThat(statements).containsExactly(List.of("a4"));
        assertThat(outcomes).containsExactly(STALE, STORED);
    }

    @Test
    void statementThatIsRefusedForARowIsHalvedDownToIt() {
        String[] items =
                IntStream.range(0, 64).mapToObj(i -> (char) ('A' + i) + "1").toArray(String[]::new);

        List<Outcome> outcomes = predict(
                sent -> sent.contains(items[41]) ? new Refusal.Unstorable("overflow").answer() : all(sent), items);

        assertThat(outcomes.get(41)).isEqualTo(new Rejected(Reason.NOT_STORABLE, "overflow"));
        assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(63);
        assertThat(statements).hasSize(13);
    }

    @Test
    void unavailableStoreIsAskedOnceAndEveryChangeComesAgain() {
        List<Outcome> outcomes = predict(items -> new Refusal.Temporary("gone").answer(), "a1", "a2", "b1", "c1");

        assertThat(statements).hasSize(1);
        assertThat(outcomes).containsOnly(new Unavailable("gone", Duration.ofSeconds(1)));
    }

    @Test
    void whatIsStoredStaysStoredWhenTheStoreGoesAwayHalfWay() {
        List<Outcome> outcomes = predict(
                items -> switch (statements.size()) {
                    case 1 -> new Refusal.Unstorable("overflow").answer();
                    case 2 -> all(items);
                    default -> new Refusal.Temporary("gone").answer();
                },
                "a1",
                "b1",
                "c1",
                "d1");

        assertThat(outcomes.subList(0, 2)).containsOnly(STORED);
        assertThat(outcomes.subList(2, 4)).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void misconfigurationWaitsForAHuman() {
        List<Outcome> outcomes = predict(items -> new Refusal.Misconfigured("no such column").answer(), "a1");

        assertThat(outcomes).containsExactly(new Unavailable("no such column", Duration.ofSeconds(10)));
    }

    @Test
    void modelThatGivesNoProbabilityIsAtFaultAndNotTheRow(@TempDir Path folder) throws IOException {
        FaultyModel faulty = FaultyModel.in(folder);
        try (OnnxScorer model = OnnxScorer.load(faulty.file())) {
            FeatureReader reader = new FeatureReader(model.contract());
            FeatureRow bad = reader.read(new Row(faulty.row("b"))).orElseThrow();
            Scoring scoring = new Scoring(model);
            BatchPredictor predictor = new BatchPredictor(scoring, predictions -> {
                List<String> sent =
                        predictions.stream().map(BatchPredictorTest::item).toList();
                statements.add(sent);
                return all(sent);
            });
            Scorable.Upserted live = (Scorable.Upserted) scorable("b1");

            List<Outcome> outcomes =
                    predictor.predict(List.of(scorable("a1"), new Scorable.Upserted(live.change(), bad), scorable("c1")));

            String problem = "model " + model.contract().model().version()
                    + " gives NaN, which is no probability, for key b: replace the model";
            assertThat(outcomes).containsExactly(STORED, new Unavailable(problem, Duration.ofSeconds(10)), STORED);
            assertThat(statements).containsExactly(List.of("a1", "c1"));
            assertThat(scoring.problem()).contains(problem);
            assertThat(predictor.predict(List.of(new Scorable.Upserted(live.change(), bad))))
                    .containsExactly(outcomes.get(1));
        }
    }

    private List<Outcome> predict(Function<List<String>, StoreAnswer> answers, String... items) {
        BatchPredictor predictor = new BatchPredictor(new Scoring(scorer), predictions -> {
            List<String> sent =
                    predictions.stream().map(BatchPredictorTest::item).toList();
            statements.add(sent);
            return answers.apply(sent);
        });
        return predictor.predict(
                Stream.of(items).map(BatchPredictorTest::scorable).toList());
    }

    private StoreAnswer all(List<String> items) {
        return committed(items, items.toArray(String[]::new));
    }

    private static StoreAnswer committed(List<String> items, String... written) {
return new StoreAnswer.Each(items.stream()
                .<Outcome>map(item -> Arrays.asList(written).contains(item) ? STORED : STALE)
                .toList());
    }

    /// A change by its key, one letter; its position, one digit; and `r` for a read, `x` for a delete.
    private static Scorable scorable(String item) {
        Position position = new Position(0, Character.digit(item.charAt(1), 10), Character.digit(item.charAt(1), 10));
        Origin origin = new Origin("public", "person_churn_history", Instant.EPOCH);
        Key key = new Key(List.of("customerid"), List.of(item.substring(0, 1)));
        if (item.endsWith("x")) {
            return new Scorable.Deleted(new Delete(position, origin, key, Optional.empty()));
        }
        Operation operation = item.endsWith("r") ? Operation.READ : Operation.UPDATE;
        Row row = new Row(JsonNodeFactory.instance.objectNode());
        return new Scorable.Upserted(new Upsert(position, origin, key, operation, row, Optional.empty()), features());
    }

    private static FeatureRow features() {
        String[] categories = new String[15];
        Arrays.fill(categories, "");
        return new FeatureRow(new float[4], categories);
    }

    private static String item(Scored scored) {
        String kind = switch (scored.change().operation()) {
            case READ -> "r";
            case DELETE -> "x";
            case CREATE, UPDATE -> "";
        };
        return scored.change().key().id() + scored.change().position().lsn() + kind;
    }
}
