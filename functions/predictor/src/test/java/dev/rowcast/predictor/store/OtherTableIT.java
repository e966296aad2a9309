package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another table needs no code: names that need quotes, a key of two columns, and other types.
@Timeout(300)
class OtherTableIT {

    private static Predictions predictions;
    private static ModelContract contract;
    private static BatchPredictor predictor;

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        predictions = Predictions.start(folder);
        predictions.execute("""
                CREATE SCHEMA "Sales";
                CREATE TYPE "Sales"."Term" AS ENUM ('Month-to-month', 'One year', 'Two year');
                CREATE TABLE "Sales"."Kunden ""A"" x" AS SELECT * FROM person_churn_history;
                ALTER TABLE "Sales"."Kunden ""A"" x" RENAME customerid TO "Select";
                ALTER TABLE "Sales"."Kunden ""A"" x" ADD place numeric;
                ALTER TABLE "Sales"."Kunden ""A"" x" ALTER gender TYPE varchar(10), ALTER partner TYPE char(5),
                    ALTER contract TYPE "Sales"."Term" USING contract::"Sales"."Term";
                CREATE TABLE "Sales".captured (LIKE person_churn_history_captured INCLUDING DEFAULTS);
                ALTER TABLE "Sales".captured RENAME customerid TO "Select";
                ALTER TABLE "Sales".captured ADD place numeric, ADD PRIMARY KEY ("Select", place);
                ALTER TABLE "Sales".captured ALTER gender TYPE varchar(10), ALTER partner TYPE char(5),
                    ALTER contract TYPE "Sales"."Term" USING contract::"Sales"."Term",
                    ALTER tenure TYPE real, ALTER churn_probability TYPE numeric(6, 5), ALTER operation TYPE char(1),
                    ALTER source_epoch TYPE integer, ALTER previous TYPE json;
                GRANT USAGE ON SCHEMA "Sales" TO predictor;
                GRANT REFERENCES ON "Sales"."Kunden ""A"" x" TO predictor;
                GRANT SELECT, INSERT, UPDATE ON "Sales".captured TO predictor;""");
        ModelContract own = predictions.contract("churn-1");
        contract = new ModelContract(
                own.version(),
                own.model(),
                new ModelContract.Source("Sales", "Kunden \"A\" x", List.of("Select", "place")),
                new ModelContract.Captured("Sales", "captured"),
                own.features(),
                own.label(),
                own.output(),
                own.training(),
                own.parity());
        predictor = predictions.predictor(contract);
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    @Test
    void rowOfAnotherTableIsStoredAndGuarded() throws SQLException {
        ObjectNode before = row("a", 1).put("tenure", 4);
        String update = SourceEvents.event(
                "Kunden \"A\" x", "u", 50, before, row("a", 1).put("tenure", 5));

        assertThat(predict(predictor, update).getFirst()).isInstanceOf(Stored.class);
        assertThat(predict(predictor, update)).containsExactly(new Skipped("stale"));

        Map<String, String> stored = predictions
                .rows("SELECT * FROM \"Sales\".captured WHERE \"Select\" = 'a'")
                .getFirst();
        assertThat(stored)
                .containsEntry("place", "1")
                .containsEntry("tenure", "5")
                .containsEntry("contract", "Month-to-month")
                .containsEntry("partner", "Yes  ")
                .containsEntry("source_lsn", "50");
        assertThat(stored.get("previous")).contains("\"tenure\":4");
    }

    @Test
    void keysOfTwoColumnsAreComparedAsAWhole() throws SQLException {
        List<Outcome> outcomes = predict(
                predictor,
                SourceEvents.event("Kunden \"A\" x", "c", 50, none(), row("b", 1)),
                SourceEvents.event("Kunden \"A\" x", "c", 51, none(), row("b", 2)));

        assertThat(outcomes).hasOnlyElementsOfType(Stored.class);
        assertThat(predictions.rows("SELECT FROM \"Sales\".captured WHERE \"Select\" = 'b'"))
                .hasSize(2);
    }

    @Test
    void twoSpellingsOfOneKeyInABatchAreBothAnswered() throws SQLException {
        List<Outcome> outcomes = predict(
                predictor,
                SourceEvents.event(
                        "Kunden \"A\" x", "c", 50, none(), row("c", 1).put("place", "1.0")),
                SourceEvents.event(
                        "Kunden \"A\" x",
                        "c",
                        51,
                        none(),
                        row("c", 1).put("place", "1.00").put("tenure", 9)));

        assertThat(outcomes).hasOnlyElementsOfType(Stored.class);
        assertThat(predictions.rows("SELECT tenure::text FROM \"Sales\".captured WHERE \"Select\" = 'c'"))
                .containsExactly(Map.of("tenure", "9"));
    }

    @Test
    void textThatIsTooLongIsRejectedAndNotCut() {
        List<Outcome> outcomes = predict(
                predictor,
                SourceEvents.event(
                        "Kunden \"A\" x", "c", 50, none(), row("d", 1).put("gender", "more than ten characters")),
                SourceEvents.event("Kunden \"A\" x", "c", 50, none(), row("d", 2)));

        assertThat(outcomes.getFirst()).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.NOT_STORABLE);
            assertThat(rejected.message()).contains("22001");
        });
        assertThat(outcomes.getLast()).isInstanceOf(Stored.class);
    }

    private static ObjectNode none() {
        return DebeziumEvent.columns("{}");
    }

    private static ObjectNode row(String name, int place) {
        ObjectNode row = SourceEvents.row("");
        row.remove("customerid");
        return row.put("Select", name).put("place", place);
    }

    private static List<Outcome> predict(BatchPredictor predictor, String... events) {
        ChangeDecoder decoder = new ChangeDecoder(
                0,
                KeyColumns.of(
                        contract.source().schema(),
                        contract.source().table(),
                        contract.source().key()));
        FeatureReader features = new FeatureReader(contract);
        return predictor.predict(Stream.of(events)
                .map(event -> event.replace("\"schema\":\"public\"", "\"schema\":\"Sales\""))
                .map(event -> (Upsert)
                        decoder.decode(event.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .<Scorable>map(upsert ->
                        new Scorable.Upserted(upsert, features.read(upsert.after()).orElseThrow()))
                .toList());
    }
}
