package dev.rowcast.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.rowcast.indexer.event.CaseTurn;
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

    private final Tables tables = new Tables(
            Map.of(
                    "public.person_churn_history",
                    new Tables.Table("customers", List.of("customerid"), Set.of()),
                    "public.person_churn_history_captured",
                    new Tables.Table("predictions", List.of("customerid"), Set.of("previous")),
                    "public.tariff",
                    new Tables.Table("tariffs", List.of("country", "name"), Set.of())),
            "cases");
    private final Documents documents = new Documents(tables, () -> INDEXED);

    @Test
    void columnsKeepTheirTypesAndTheChangeIsTold() {
        Document document = document(upsert("person_churn_history", Operation.UPDATE, """
                {"customerid": "2718-YSKCS", "tenure": 1, "monthlycharges": 29.85, "totalcharges": null}"""));

        assertThat(document.target()).isEqualTo(new Document.Target("customers", "2718-YSKCS"));
        assertThat(document.position()).isEqualTo(POSITION);
        assertThat(source(document)).isEqualTo(json("""
                {"customerid": "2718-YSKCS", "tenure": 1, "monthlycharges": 29.85, "totalcharges": null,
                 "deleted": false,
                 "rowcast": {"epoch": 2, "commit": 26715000, "lsn": 26715648, "operation": "u",
                             "timestamp": "2026-03-01T12:00:00.123456Z", "indexed_at": "2026-03-01T12:00:00.987Z"}}"""));
    }

    @Test
    void caseIsADocumentOfItsCustomerUnderThePositionOfItsTurn() {
        Document document = (Document)
                documents.of(new CaseTurn("2718-YSKCS", POSITION, "opened", "2026-03-01T12:00:00.123Z", json("""
                {"customerid": "2718-YSKCS", "status": "open", "probability": 0.61}""")));

        assertThat(document.target()).isEqualTo(new Document.Target("cases", "2718-YSKCS"));
        assertThat(document.position()).isEqualTo(POSITION);
        assertThat(source(document)).isEqualTo(json("""
                {"customerid": "2718-YSKCS", "status": "open", "probability": 0.61,
                 "rowcast": {"epoch": 2, "commit": 26715000, "lsn": 26715648, "operation": "opened",
                             "timestamp": "2026-03-01T12:00:00.123Z", "indexed_at": "2026-03-01T12:00:00.987Z"}}"""));
    }

    @Test
    void actionIsAnIndexUnderTheExternalVersionOfThePosition() {
        Document document = document(upsert("person_churn_history", Operation.CREATE, "{\"customerid\": \"a\"}"));

        assertThat(action(document)).isEqualTo(json("""
                {"index": {"_index": "customers", "_id": "a", "version": %d, "version_type": "external_gte"}}""".formatted(POSITION.version())));
    }

    @Test
    void deleteKeepsTheLastKnownColumnsAndMarksThem() {
        ObjectNode before = json("{\"customerid\": \"a\", \"tenure\": 7}");
        Document document =
                document(new Delete(POSITION, origin("person_churn_history"), key("a"), Optional.of(new Row(before))));

        assertThat(source(document).get("tenure").asInt()).isEqualTo(7);
        assertThat(source(document).get("deleted").booleanValue()).isTrue();
        assertThat(source(document).at("/rowcast/operation").asText()).isEqualTo("d");
    }

    @Test
    void deleteThatKnowsOnlyItsKeyStillMarksTheDocument() {
        Document document = document(new Delete(POSITION, origin("person_churn_history"), key("a"), Optional.empty()));

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
        Document document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": "{\\"tenure\\": 3, \\"monthlycharges\\": 29.85, \\"churn\\": null}"}"""));

        assertThat(source(document).get("previous"))
                .isEqualTo(json("{\"tenure\": 3, \"monthlycharges\": 29.85, \"churn\": null}"));
    }

    @Test
    void jsonColumnThatIsNullStaysNull() {
        Document document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
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
        assertThat(unstorable(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a", "previous": "{\\"a\\":1e-99999999999}"}""")))
                .as("what Jackson does not answer with an exception of its own")
                .contains("column previous");
    }

    @Test
    void jsonColumnNeverBreaksTheLinesOfTheRequest() {
        Document document = document(upsert("person_churn_history_captured", Operation.UPDATE, """
                {"customerid": "a\\nb", "previous": "{\\n\\"note\\": \\"x\\\\ny\\"\\n}"}"""));

        assertThat(new String(document.lines(), StandardCharsets.UTF_8))
                .hasLineCount(2)
                .endsWith("\n");
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

        assertThat(document(change).target()).isEqualTo(new Document.Target("tariffs", "de|a\\|b"));
    }

    @Test
    void keyOfAnyLettersIsTheIdAsItIs() {
        String id = "Zoë \"\\ 🦊 / #?&\t";
        ObjectNode row = json("{}").put("customerid", id);
        Document document = document(new Upsert(
                POSITION, origin("person_churn_history"), key(id), Operation.CREATE, new Row(row), Optional.empty()));

        assertThat(action(document).at("/index/_id").asText()).isEqualTo(id);
    }

    @Test
    void keyThatElasticsearchCannotTakeAsAnIdIsRefused() {
        assertThat(unstorable(keyed(""))).contains("empty key");
        assertThat(unstorable(keyed("ü".repeat(257)))).contains("514 bytes", "512");
        assertThat(documents.of(keyed("ü".repeat(256)))).isInstanceOf(Document.class);
    }

    @Test
    void halfACharacterIsNoKeyAndStaysWhatItIsElsewhere() {
        Document document = document(upsert("person_churn_history", Operation.CREATE, """
                {"customerid": "a", "gender": "\\ud83e"}"""));

        assertThat(unstorable(keyed("\ud83e"))).contains("half a character");
        assertThat(source(document).get("gender").asText()).isEqualTo("\ud83e");
    }

    @Test
    void columnThatTakesTheNameOfWhatIsAddedIsRefused() {
        assertThat(unstorable(upsert("person_churn_history", Operation.CREATE, """
                {"customerid": "a", "rowcast": 1}""")))
                .contains("column rowcast", "public.person_churn_history");
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

    private Document document(Change change) {
        assertThat(documents.of(change)).isInstanceOf(Document.class);
        return (Document) documents.of(change);
    }

    private String unstorable(Change change) {
        assertThat(documents.of(change)).isInstanceOf(Unstorable.class);
        return ((Unstorable) documents.of(change)).message();
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

    private static JsonNode action(Document document) {
        return json(new String(document.lines(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow());
    }

    private static ObjectNode source(Document document) {
        return json(new String(document.lines(), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("the test holds broken JSON: " + text, e);
        }
    }
}
