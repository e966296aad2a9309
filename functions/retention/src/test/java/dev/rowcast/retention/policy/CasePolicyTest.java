package dev.rowcast.retention.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Key;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import dev.rowcast.retention.CapturedEvents;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasePolicyTest {

    private static final Key KEY = new Key(List.of("customerid"), List.of("a"));

    private static final ChangeDecoder DECODER =
            new ChangeDecoder(2, KeyColumns.of("public", CapturedEvents.TABLE, List.of("customerid")));

    private final CasePolicy byTheRow = new CasePolicy(new Rule.Threshold("churn", OptionalDouble.empty(), 0.05));

    @ParameterizedTest
    @CsvSource({
        "1,      0.25, Open",
        "0.25,   0.25, Open",
        "0.2499, 0.25, Skipped",
        "0.2,    0.25, Skipped",
        "0.1999, 0.25, Close",
        "0,      0.25, Close",
        "0.6,    0.7,  Close",
        "0,      0.04, Skipped"
    })
    void probabilityIsHeldAgainstTheThresholdOfTheRow(double probability, double threshold, String judged) {
        assertThat(resultOf(byTheRow.decide(change("u", row(probability, threshold)))))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(judged);
    }

    @ParameterizedTest
    @CsvSource({"0.6, Open", "0.59, Skipped", "0.49, Close"})
    void thresholdOfTheSettingsReplacesThatOfTheRow(double probability, String judged) {
        CasePolicy bySetting = new CasePolicy(new Rule.Threshold("churn", OptionalDouble.of(0.6), 0.1));

        assertThat(resultOf(bySetting.decide(change("u", row(probability, 0.25).putNull("churn_threshold")))))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(judged);
    }

    @Test
    void withoutHysteresisEveryProbabilityDecides() {
        CasePolicy sharp = new CasePolicy(new Rule.Threshold("churn", OptionalDouble.empty(), 0));

        assertThat(resultOf(sharp.decide(change("u", row(0.25, 0.25))))).isInstanceOf(CaseDecision.Open.class);
        assertThat(resultOf(sharp.decide(change("u", row(0.2499, 0.25))))).isInstanceOf(CaseDecision.Close.class);
    }

    @Test
    void judgementSaysWhoseCaseItIsAndWhereAndWhenItWasMade() {
        assertThat(resultOf(byTheRow.decide(change("u", row(0.5, 0.25)))))
                .isEqualTo(new CaseDecision.Open(
                        KEY,
                        new Position(2, 70, 70),
                        Instant.parse(DebeziumEvent.ISO_TIME),
                        Score.ofProbability(0.5, 0.25, "churn-1")));
    }

    @Test
    void deletedRowIsGoneHoweverTheDeleteIsTold() {
        CaseDecision gone =
                new CaseDecision.CloseDeleted(KEY, new Position(2, 70, 70), Instant.parse(DebeziumEvent.ISO_TIME));

        assertThat(resultOf(byTheRow.decide(change("u", row(0.9, 0.25).put("deleted", true)))))
                .isEqualTo(gone);
        assertThat(resultOf(byTheRow.decide(decoded(CapturedEvents.deleted("a", 70)))))
                .isEqualTo(gone);
        assertThat(resultOf(byTheRow.decide(decoded(CapturedEvents.event(CapturedEvents.TABLE, "d", 70, row(0.9, 0.25))
                        .replace("\"before\":null,\"after\":", "\"after\":null,\"before\":")))))
                .isEqualTo(gone);
    }

    @Test
    void onlyWhatARuleJudgesByIsNeeded() {
        CasePolicy bySetting = new CasePolicy(new Rule.Threshold("churn", OptionalDouble.of(0.6), 0.1));
        ChangeDecoder byRow = decoder(byTheRow);
        String tenure = unreadable("tenure", false);
        String threshold = unreadable("churn_threshold", false);

        assertThat(resultOf(byRow.decode(bytes(tenure)))).isInstanceOf(Change.class);
        assertThat(resultOf(byRow.decode(bytes(threshold)))).isInstanceOf(Rejected.class);
        assertThat(resultOf(decoder(bySetting).decode(bytes(threshold)))).isInstanceOf(Change.class);
        assertThat(resultOf(byRow.decode(bytes(unreadable("churn_probability", true)))))
                .isInstanceOf(Change.class);
    }

    private static ChangeDecoder decoder(CasePolicy judge) {
        return new ChangeDecoder(
                0, KeyColumns.of("public", CapturedEvents.TABLE, List.of("customerid")), judge.needed());
    }

    private static String unreadable(String column, boolean deleted) {
        return CapturedEvents.event(
                CapturedEvents.TABLE, "u", 70, row(0.5, 0.25).put(column, "\0").put("deleted", deleted));
    }

    private static byte[] bytes(String event) {
        return event.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "churn_probability, FEATURE_MISSING",
        "churn_threshold,   FEATURE_MISSING",
        "model_version,     FEATURE_MISSING"
    })
    void columnThatIsNotThereIsNamed(String column, Reason reason) {
        ObjectNode row = row(0.5, 0.25);
        row.remove(column);

        assertThat(resultOf(byTheRow.decide(change("u", row)))).isInstanceOfSatisfying(Rejected.class, found -> {
            assertThat(found.reason()).isEqualTo(reason);
            assertThat(found.message()).contains(column);
        });
    }

    private static ObjectNode row(double probability, double threshold) {
        return CapturedEvents.row("a", probability).put("churn_threshold", threshold);
    }

    private static Change change(String op, ObjectNode row) {
        return decoded(CapturedEvents.event(CapturedEvents.TABLE, op, 70, row));
    }

    private static Change decoded(String event) {
        return DECODER.decode(event.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static Object resultOf(Step<?> step) {
        return switch (step) {
            case Step.Next<?>(Object value) -> value;
            case Step.End<?>(Outcome outcome) -> outcome;
        };
    }
}
