package dev.rowcast.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Key;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Origin;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.indexer.event.CaseUpdate;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant CHANGED = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Instant INDEXED = Instant.parse("2026-03-01T12:00:00.987654321Z");
    private static final Position POSITION = new Position(2, 26_715_000, 26_715_648);

    private final IndexedTables tables = new IndexedTables(
            Map.of(
                    "public.person_churn_history",
                    new IndexedTables.Table("customers", List.of("customerid"), Set.of()),
                    "public.person_churn_history_captured",
                    new IndexedTables.Table(
                            "predictions",
                            List.of("customerid"),
                            Set.of("previous", "churn_probabilities"),
                            Optional.of("scores")),
                    "public.tariff",
                    new IndexedTables.Table("tariffs", List.of("country", "name"), Set.of())),
            Map.of(
                    "dev.rowcast.retention",
                    new IndexedTables.Cases("cases", List.of("customerid")),
                    "com.example.order",
                    new IndexedTables.Cases("orders", List.of("country", "Order no"))));
    private final Documents documents = new Documents(tables, () -> INDEXED);
    private final Layout layout = new Layout(Set.of(
            "customerid", "tenure", "monthlycharges", "totalcharges", "gender", "previous", "status", "probability"));

    @Test
    void pointOfAHistoryIsTheRowUnderItsPosition() throws IOException {
        Draft document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "2718-YSKCS", "tenure": 1, "previous": "{}"}"""));

        Draft point = documents.pointOf(document).orElseThrow();

        assertThat(point.target()).isEqualTo(new Target("scores", "2-26715000-26715648-2718-YSKCS"));
        assertThat(point.position()).isEqualTo(POSITION);
        assertThat(source(point).path("tenure").asInt()).isEqualTo(1);
        assertThat(source(point).has("previous")).isFalse();
        assertThat(source(document).has("previous")).as("the row itself").isTrue();
    }

    @Test
    void keyThatIsTooLongForThePlaceIsADigest() throws IOException {
        String key = "k".repeat(Target.MAX_ID_BYTES);
        Draft document = Drafts.row("predictions", key, POSITION, json("{}"));

        Target point = documents.pointOf(document).orElseThrow().target();

        assertThat(point.problem()).isEmpty();
        assertThat(point.id()).matches("2-26715000-26715648-[0-9a-f]{64}");
    }

    @Test
    void deletedRowReadOfASnapshotAndCaseAddNoPoint() throws IOException {
        assertThat(documents.pointOf(Drafts.deleted("predictions", "a", POSITION, json("{}"))))
                .isEmpty();
        assertThat(documents.pointOf(document(upsert("person_churn_history_captured", Operation.READ, """
                {"customerid": "2718-YSKCS"}"""))))
                .isEmpty();
        assertThat(documents.pointOf(document(upsert("person_churn_history", Operation.UPDATE, """
                {"customerid": "2718-YSKCS"}"""))))
                .as("a table without a history")
                .isEmpty();
    }

    @Test
    void columnsKeepTheirTypesAndTheChangeIsTold() {
        Draft document = document(upsert("person_churn_history", Operation.UPDATE, """
                {"customerid": "2718-YSKCS", "tenure": 1, "monthlycharges": 29.85, "totalcharges": null}"""));

        assertThat(document.target()).isEqualTo(new Target("customers", "2718-YSKCS"));
        assertThat(document.position()).isEqualTo(POSITION);
        assertThat(source(document)).isEqualTo(json("""
                {"customerid": "2718-YSKCS", "tenure": 1, "monthlycharges": 29.85, "totalcharges": null,
                 "deleted": false,
                 "rowcast": {"epoch": 2, "commit": 26715000, "lsn": 26715648, "operation": "u",
                             "timestamp": "2026-03-01T12:00:00.123456Z", "indexed_at": "2026-03-01T12:00:00.987Z"}}"""));
    }

    @Test
    void probabilitiesOfAllClassesAreAnObjectNotText() {
        Draft document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "churn_prediction": "soon", "previous": null,
                 "churn_probabilities": "{\\"soon\\": 0.7, \\"later\\": 0.2, \\"never\\": 0.1}"}"""));

        assertThat(source(document).at("/extra/churn_probabilities"))
                .isEqualTo(json("{\"soon\": 0.7, \"later\": 0.2, \"never\": 0.1}"));
    }

    @Test
    void caseIsADocumentOfItsCustomerUnderThePositionOfItsTurn() {
        Draft document = documents
                .of(new CaseUpdate(
                        "dev.rowcast.retention",
                        new Key(List.of("customerid"), List.of("2718-YSKCS")),
                        POSITION,
                        "opened",
                        "2026-03-01T12:00:00.123Z",
                        json("""
                {"customerid": "2718-YSKCS", "status": "open", "probability": 0.61}""")))
                .orElseThrow();

        assertThat(document.target()).isEqualTo(new Target("cases", "2718-YSKCS"));
        assertThat(document.position()).isEqualTo(POSITION);
        assertThat(source(document)).isEqualTo(json("""
                {"customerid": "2718-YSKCS", "status": "open", "probability": 0.61,
                 "rowcast": {"epoch": 2, "commit": 26715000, "lsn": 26715648, "operation": "opened",
                             "timestamp": "2026-03-01T12:00:00.123Z", "indexed_at": "2026-03-01T12:00:00.987Z"}}"""));
    }

    @Test
    void caseOfAnotherActionIsADocumentOfItsIndexUnderAllKeyColumns() {
        Draft document = documents
                .of(new CaseUpdate(
                        "com.example.order",
                        new Key(List.of("country", "Order no"), List.of("a|b", "7")),
                        POSITION,
                        "closed",
                        "2026-03-01T12:00:00.123Z",
                        json("{\"country\": \"a|b\", \"Order no\": \"7\"}")))
                .orElseThrow();

        assertThat(document.target()).isEqualTo(new Target("orders", "a\\|b|7"));
    }

    @Test
    void deleteKeepsTheLastKnownColumnsAndMarksThem() {
        ObjectNode before = json("{\"customerid\": \"a\", \"tenure\": 7}");
        Draft document =
                document(new Delete(POSITION, origin("person_churn_history"), key("a"), Optional.of(new Row(before))));

        assertThat(source(document).get("tenure").asInt()).isEqualTo(7);
        assertThat(source(document).get("deleted").booleanValue()).isTrue();
        assertThat(source(document).at("/rowcast/operation").asText()).isEqualTo("d");
    }

    @Test
    void deleteThatKnowsOnlyItsKeyStillMarksTheDocument() {
        Draft document = document(new Delete(POSITION, origin("person_churn_history"), key("a"), Optional.empty()));

        assertThat(source(document).get("customerid").asText()).isEqualTo("a");
        assertThat(source(document).get("deleted").asBoolean()).isTrue();
    }

    @Test
    void deletedColumnOfTheTableItselfDecidesWhileTheRowIsThere() {
        assertThat(deleted(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "deleted": true}""")))
                .isTrue();
        assertThat(deleted(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "deleted": false}""")))
                .isFalse();
        assertThat(deleted(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "deleted": null}""")))
                .isFalse();
        assertThat(deleted(new Delete(
                        POSITION,
                        origin("person_churn_history_captured"),
                        key("a"),
                        Optional.of(new Row(json("{\"customerid\": \"a\", \"deleted\": false}"))))))
                .isTrue();
    }

    @Test
    void jsonColumnArrivesAsTextAndIsStoredAsAnObject() {
        Draft document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": "{\\"tenure\\": 3, \\"monthlycharges\\": 29.85, \\"churn\\": null}"}"""));

        assertThat(source(document).get("previous"))
                .isEqualTo(json("{\"tenure\": 3, \"monthlycharges\": 29.85, \"churn\": null}"));
    }

    @Test
    void jsonColumnThatIsNullStaysNull() {
        Draft document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": null}"""));

        assertThat(source(document).get("previous").isNull()).isTrue();
    }

    @Test
    void jsonColumnWithoutJsonIsNamed() {
        assertThat(unstorable(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": "{\\"tenure\\""}""")))
                .contains("column previous", "person_churn_history_captured");
        assertThat(unstorable(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": "{} {}"}""")))
                .contains("column previous");
    }

    @Test
    void jsonThatIsMoreThanElasticsearchReadsStaysText() {
        for (String text : List.of(
                "{\"a\":1e-99999999999}",
                "[".repeat(900) + "]".repeat(900),
                "[".repeat(2_000) + "]".repeat(2_000),
                "{\"" + "n".repeat(60_000) + "\":1}",
                "[" + "9".repeat(600) + "]",
                "[" + "9".repeat(5_000) + "]")) {
            ObjectNode row = json("{}").put("customerid", "a").put("previous", text);

            assertThat(source(document(upsert("person_churn_history_captured", Operation.UPDATE, row)))
                            .get("previous")
                            .asText())
                    .isEqualTo(text);
        }
    }

    @Test
    void jsonColumnNeverBreaksTheLinesOfTheRequest() {
        Draft document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a\\nb", "previous": "{\\n\\"note\\": \\"x\\\\ny\\"\\n}"}"""));

        assertThat(line(document)).hasLineCount(1).endsWith("\n");
        assertThat(source(document).at("/previous/note").asText()).isEqualTo("x\ny");
    }

    @Test
    void keyOfSeveralColumnsIsOneId() {
        Change change = new Upsert(
                POSITION,
                origin("tariff"),
                new Key(List.of("country", "name"), List.of("de", "a|b")),
                Operation.CREATE,
                new Row(json("{\"country\": \"de\", \"name\": \"a|b\"}")),
                Optional.empty());

        assertThat(document(change).target()).isEqualTo(new Target("tariffs", "de|a\\|b"));
    }

    @Test
    void keyOfAnyLettersIsTheIdAsItIs() {
        String id = "Zoë \"\\ 🦊 / #?&\t";
        ObjectNode row = json("{}").put("customerid", id);
        Draft document = document(new Upsert(
                POSITION, origin("person_churn_history"), key(id), Operation.CREATE, new Row(row), Optional.empty()));

        assertThat(document.target().id()).isEqualTo(id);
    }

    @Test
    void keyThatElasticsearchCannotTakeAsAnIdIsRefused() {
        assertThat(unstorable(keyed(""))).contains("empty key");
        assertThat(unstorable(keyed("ü".repeat(257)))).contains("514 bytes", "512");
        assertThat(documents.of(keyed("ü".repeat(256)))).isInstanceOf(Step.Next.class);
    }

    @Test
    void halfACharacterIsNoKeyAndStaysWhatItIsElsewhere() {
        Draft document = document(upsert("person_churn_history", Operation.CREATE, """
                {"customerid": "a", "gender": "\\ud83e"}"""));

        assertThat(unstorable(keyed("\ud83e"))).contains("half a character");
        assertThat(source(document).get("gender").asText()).isEqualTo("\ud83e");
    }

    @Test
    void columnsThatTheIndexDoesNotMapAreKeptApart() {
        Draft document = document(upsert("person_churn_history", Operation.CREATE, """
                {"customerid": "a", "tenure": 3, "loyalty": "gold", "customerid.x": 1, "": 2, "_id": null,
                 "rowcast": 4, "extra": [5]}"""));

        ObjectNode source = source(document);
        assertThat(source.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("customerid", "tenure", "deleted", "extra", "rowcast");
        assertThat(source.get("extra")).isEqualTo(json("""
                {"loyalty": "gold", "customerid.x": 1, "": 2, "_id": null, "rowcast": 4, "extra": [5]}"""));
        assertThat(source.at("/rowcast/lsn").asLong()).isEqualTo(POSITION.lsn());
    }

    @Test
    void columnDeletedOfAnotherTypeIsKeptApartAndMarksNothing() {
        for (String value : List.of("\"yes\"", "1", "{\"at\": 7}", "\"true\"")) {
            ObjectNode source =
                    source(document(upsert("person_churn_history", Operation.CREATE, """
                    {"customerid": "a", "deleted": %s}""".formatted(value))));

            assertThat(source.get("deleted").booleanValue()).isFalse();
            assertThat(source.at("/extra/deleted").toString()).isEqualTo(value.replace(" ", ""));
        }
    }

    @Test
    void nothingInTheRowBeforeStandsInTheWayOfADelete() {
        Draft document = document(new Delete(
                POSITION, origin("person_churn_history_captured"), key("a"), Optional.of(new Row(json("""
                        {"customerid": "a", "previous": "{broken", "rowcast": 1, "deleted": "no"}""")))));

        assertThat(source(document).get("deleted").booleanValue()).isTrue();
        assertThat(source(document).get("previous").asText()).isEqualTo("{broken");
    }

    @Test
    void deleteWithItsKeyAloneNamesWhatItLeavesOut() {
        Draft document = document(new Delete(
                POSITION,
                origin("person_churn_history"),
                key("a"),
                Optional.of(new Row(json("{\"customerid\": \"a\", \"totalcharges\": \"NaN\", \"tenure\": 7}")))));

        assertThat(source(document.withKeyOnly().orElseThrow()))
                .isEqualTo(json("""
                {"customerid": "a", "deleted": true,
                 "rowcast": {"epoch": 2, "commit": %d, "lsn": %d, "operation": "d",
                             "timestamp": "2026-03-01T12:00:00.123456Z", "indexed_at": "2026-03-01T12:00:00.987Z",
                             "left_out": ["totalcharges", "tenure"]}}""".formatted(POSITION.commit(), POSITION.lsn())));
        assertThat(document.withKeyOnly().orElseThrow().withKeyOnly()).isEmpty();
    }

    @Test
    void onlyADeletedRowCanBeCutDownToItsKey() {
        assertThat(document(upsert("person_churn_history", Operation.UPDATE, "{\"customerid\": \"a\"}"))
                        .withKeyOnly())
                .isEmpty();
        assertThat(document(upsert("person_churn_history_captured", Operation.UPDATE, """
                        {"customerid": "a", "deleted": true}"""))
                        .withKeyOnly())
                .isPresent();
    }

    @Test
    void rowOfTheChangeStaysAsItWas() {
        ObjectNode row = json("{\"customerid\": \"a\", \"previous\": \"{}\"}");
        ObjectNode copy = row.deepCopy();

        document(upsert("person_churn_history_captured", Operation.UPDATE, row));

        assertThat(row).isEqualTo(copy);
    }

    private boolean deleted(Change change) {
        return source(document(change)).get("deleted").booleanValue();
    }

    private Draft document(Change change) {
        return documents.of(change).orElseThrow();
    }

    private String unstorable(Change change) {
        return switch (documents.of(change)) {
            case Step.End<Draft>(Rejected rejected) -> rejected.message();
            case Step<Draft> other -> throw new AssertionError(other);
        };
    }

    private static Change keyed(String id) {
        return new Upsert(
                POSITION,
                origin("person_churn_history"),
                key(id),
                Operation.CREATE,
                new Row(json("{\"tenure\": 1}")),
                Optional.empty());
    }

    private static Change upsert(String table, Operation operation, String row) {
        return upsert(table, operation, json(row));
    }

    private static Change upsert(String table, Operation operation, ObjectNode row) {
        return new Upsert(
                POSITION,
                origin(table),
                key(row.get("customerid").asText()),
                operation,
                new Row(row),
                Optional.empty());
    }

    private static Key key(String id) {
        return new Key(List.of("customerid"), List.of(id));
    }

    private static Origin origin(String table) {
        return new Origin("public", table, CHANGED);
    }

    private String line(Draft draft) {
        return new String(Document.of(draft, layout).source(), StandardCharsets.UTF_8);
    }

    private ObjectNode source(Draft draft) {
        return json(line(draft));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("the test holds broken JSON: " + text, e);
        }
    }
}
