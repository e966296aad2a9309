package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.DebeziumEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The templates of the cluster in a real Elasticsearch: the fields that can be searched, kept values
/// and refused values.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RealElasticsearch.class, restrictToAnnotatedClass = true)
class MappingIT extends RunningIndexer {

    private static final String HISTORY = "person_churn_history_scores";

    long lsn = 1_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'range': {'source_ts': {'gte': '2026-03-01T12:00:00Z', 'lt': '2026-03-01T12:00:01Z'}}}            | 1
            {'range': {'source_ts': {'gte': '2026-03-01T12:00:01Z'}}}                                          | 0
            {'range': {'predicted_at': {'gte': '2026-03-01T12:00:00.500Z', 'lt': '2026-03-01T12:00:00.501Z'}}}  | 1
            {'range': {'rowcast.timestamp': {'gte': '2026-03-01T12:00:00.123Z', 'lt': '2026-03-01T12:00:01Z'}}} | 1
            {'range': {'rowcast.indexed_at': {'gte': 'now-1h'}}}                                               | 1
            {'range': {'churn_probability': {'gte': 0.8, 'lt': 0.9}}}                                          | 1
            {'range': {'monthlycharges': {'gt': 9.99, 'lt': 100}}}                                             | 1
            {'range': {'totalcharges': {'gt': 200, 'lt': 1000}}}                                               | 1
            {'range': {'tenure': {'gt': 9, 'lt': 11}}}                                                         | 1
            {'range': {'source_lsn': {'gte': 26715648}}}                                                       | 1
            {'term': {'seniorcitizen': 1}}                                                                     | 1
            {'term': {'contract': 'Month-to-month'}}                                                           | 1
            {'term': {'contract': 'month'}}                                                                    | 0
            {'term': {'churn_prediction': 'Yes'}}                                                              | 1
            {'term': {'model_version': 'churn-1'}}                                                             | 1
            {'term': {'rowcast.operation': 'u'}}                                                               | 1
            {'term': {'deleted': false}}                                                                       | 1
            {'exists': {'field': 'previous'}}                                                                  | 0
            """)
    void columnIsSearchedByItsType(String query, int hits) throws Exception {
        deliver(TableEvents.update(TableEvents.CAPTURED, 26_715_700, prediction(0.875)));

        assertThat(search.count(TableEvents.CAPTURED, """
                        {'bool': {'filter': [{'term': {'customerid': '%s'}}, %s]}}""".formatted(id, query))).isEqualTo(hits);
    }

    @Test
    void predictionsAreCountedAndAveraged() throws Exception {
        String mine = id;
        for (double probability : new double[] {0.25, 0.5, 0.75}) {
            id = mine + "-" + probability;
            deliver(TableEvents.update(
                    TableEvents.CAPTURED, 7, prediction(probability).put("model_version", mine)));
        }

        JsonNode found =
                search.search(TableEvents.CAPTURED, """
                {'size': 0, 'query': {'term': {'model_version': '%s'}}, 'aggs': {
                   'contracts': {'terms': {'field': 'contract'}},
                   'probability': {'avg': {'field': 'churn_probability'}},
                   'hours': {'date_histogram': {'field': 'source_ts', 'fixed_interval': '1h'}}}}""".formatted(mine)).path("aggregations");

        assertThat(found.at("/contracts/buckets/0/key").asText()).isEqualTo("Month-to-month");
        assertThat(found.at("/contracts/buckets/0/doc_count").asInt()).isEqualTo(3);
        assertThat(found.at("/probability/value").asDouble()).isEqualTo(0.5);
        assertThat(found.at("/hours/buckets")).hasSize(1);
    }

    @Test
    void everyPredictionIsOnePointOfTheHistoryHoweverOftenItArrives() throws Exception {
        String first = TableEvents.update(TableEvents.CAPTURED, 70, prediction(0.25));
        String second = TableEvents.update(TableEvents.CAPTURED, 80, prediction(0.75));
        for (String event : List.of(first, second, first, second)) {
            assertThat(deliver(event)).isEqualTo(204);
        }
        assertThat(deliver(TableEvents.read(TableEvents.CAPTURED, 90, prediction(0.75))))
                .isEqualTo(204);
        assertThat(deliver(TableEvents.update(
                        TableEvents.CAPTURED, 95, prediction(0.75).put("deleted", true))))
                .isEqualTo(204);
        assertThat(deliver(TableEvents.delete(TableEvents.CAPTURED, 97, prediction(0.75))))
                .isEqualTo(204);

        JsonNode points =
                search.search(HISTORY, "{'query': {'term': {'customerid': '" + id + "'}}, 'sort': ['rowcast.lsn']}");

        assertThat(points.at("/hits/hits"))
                .extracting(
                        point -> point.path("_id").asText(),
                        point -> point.at("/_source/churn_probability").asDouble(),
                        point -> point.path("_source").has("previous"))
                .containsExactly(tuple("0-70-70-" + id, 0.25, false), tuple("0-80-80-" + id, 0.75, false));
        assertThat(source(TableEvents.CAPTURED).at("/rowcast/lsn").asLong()).isEqualTo(97);
    }

    @Test
    void rowOfTheSourceTableIsNoPointOfAHistory() throws Exception {
        deliver(TableEvents.update(TableEvents.SOURCE, 70, row()));

        assertThat(search.count(HISTORY, "{'term': {'customerid': '" + id + "'}}"))
                .isZero();
    }

    @Test
    void columnThatTheTableGainedIsKeptAndChangesNoMapping() throws Exception {
        deliver(TableEvents.update(TableEvents.SOURCE, 1, row()));
        JsonNode mapping = search.get("/" + TableEvents.SOURCE + "/_mapping");

        deliver(TableEvents.update(TableEvents.SOURCE, 2, row().put("loyalty", "gold")));

        assertThat(source(TableEvents.SOURCE).at("/extra/loyalty").asText()).isEqualTo("gold");
        assertThat(search.get("/" + TableEvents.SOURCE + "/_mapping")).isEqualTo(mapping);
        assertThat(search.count(TableEvents.SOURCE, """
                        {'bool': {'filter': [{'term': {'customerid': '%s'}}, {'term': {'extra.loyalty': 'gold'}}]}}""".formatted(id))).isEqualTo(1);
    }

    @Test
    void noNameOfAColumnIsRefused() throws Exception {
        List<String> names = List.of(
                "customerid.x",
                "a..b",
                ".",
                "..",
                "a.",
                ".a",
                " ",
                "",
                "\t",
                "_id",
                "_source",
                "_routing",
                "_doc_count",
                "_ignored",
                "rowcast",
                "rowcast.lsn",
                "extra",
                "deleted",
                "Tenure",
                "tenure.x",
                "*",
                "日本 🐘",
                "n".repeat(900));
        for (String name : names) {
            ObjectNode row = row();
            row.put(name, "value of it");

            assertThat(deliver(TableEvents.update(TableEvents.SOURCE, lsn++, row)))
                    .as(name)
                    .isEqualTo(204);
            assertThat(source(TableEvents.SOURCE)
                            .path("extra")
                            .elements()
                            .next()
                            .asText())
                    .as(name)
                    .isEqualTo("value of it");
            assertThat(source(TableEvents.SOURCE).path("tenure").asInt()).isEqualTo(10);
        }
        ObjectNode all = row();
        names.forEach(name -> all.put(name, 7));
        for (int number = 0; number < 1_000; number++) {
            all.put("column_" + number, number);
        }
        assertThat(deliver(TableEvents.update(TableEvents.SOURCE, lsn++, all))).isEqualTo(204);
        assertThat(source(TableEvents.SOURCE).at("/extra/column_999").asInt()).isEqualTo(999);
        assertThat(source(TableEvents.SOURCE).path("deleted").asBoolean(true)).isFalse();
    }

    @Test
    void noValueOfAColumnThatTheIndexDoesNotMapIsRefused() throws Exception {
        List<String> values = List.of(
                "null",
                "true",
                "7",
                "-0.5",
                "1e308",
                "1E+100000",
                "9".repeat(900),
                "\"NaN\"",
                "\"" + "x".repeat(100_000) + "\"",
                "\"" + "🐘日é".repeat(20_000) + "\"",
                "[]",
                "{}",
                "[[1], [2, [3]]]",
                "[1, {\"b\": 2}, \"x\", [{\"c\": []}], null]",
                "{\"k\":".repeat(60) + "1" + "}".repeat(60),
                "[".repeat(60) + "]".repeat(60),
                "{\"a..b\": 1, \"\": {\" \": 2}, \"_id\": 3}",
                "{\"" + "n".repeat(900) + "\": \"" + "x".repeat(9_000) + "\"}",
                "\"2026-03-01\"",
                "\"\\u0001\\u001f\"");
        for (String value : values) {
            ObjectNode row = row();
            row.set("loyalty", DebeziumEvent.columns("{}").objectNode());
            String event = TableEvents.update(TableEvents.SOURCE, lsn++, row)
                    .replace("\"loyalty\":{}", "\"loyalty\":" + value);

            assertThat(deliver(event))
                    .as(value.substring(0, Math.min(40, value.length())))
                    .isEqualTo(204);
            assertThat(source(TableEvents.SOURCE).path("extra").has("loyalty")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TableEvents.SOURCE, TableEvents.CAPTURED})
    void nothingInTheRowStandsInTheWayOfItsDelete(String table) throws Exception {
        for (String odd : List.of(
                "{'totalcharges': 'NaN'}",
                "{'totalcharges': 'Infinity'}",
                "{'totalcharges': 1E+999}",
                "{'tenure': 'soon'}",
                "{'tenure': {'deep': [[]]}}",
                "{'seniorcitizen': 40000}",
                "{'previous': '{broken'}",
                "{'deleted': 'yes'}",
                "{'rowcast': 1, 'extra': 2}",
                "{'source_ts': 'yesterday'}",
                "{'_id': 1}")) {
            deliver(TableEvents.update(table, lsn++, row()));
            ObjectNode before = row();
            before.setAll(DebeziumEvent.columns(odd));

            assertThat(deliver(TableEvents.delete(table, lsn++, before)))
                    .as(odd)
                    .isEqualTo(204);

            JsonNode stored = source(table);
            assertThat(stored.path("deleted").asBoolean()).as(odd).isTrue();
            assertThat(stored.path("customerid").asText()).isEqualTo(id);
            assertThat(stored.at("/rowcast/lsn").asLong()).isEqualTo(lsn - 1);
        }
    }

    @Test
    void whatADeletedRowHeldThatTheIndexCannotTakeIsNamed() throws Exception {
        assertThat(deliver(TableEvents.delete(TableEvents.SOURCE, lsn++, row().put("totalcharges", "NaN"))))
                .isEqualTo(204);

        assertThat(source(TableEvents.SOURCE).at("/rowcast/left_out"))
                .extracting(JsonNode::asText)
                .contains("totalcharges");
        assertThat(search.count(TableEvents.SOURCE, """
                        {'bool': {'filter': [{'term': {'customerid': '%s'}}, {'term': {'deleted': true}},
                                             {'term': {'rowcast.left_out': 'totalcharges'}}]}}""".formatted(id))).isEqualTo(1);
    }

    @Test
    void capturedRowThatIsMarkedDeletedIsStoredWhateverItHolds() throws Exception {
        assertThat(deliver(TableEvents.update(
                        TableEvents.CAPTURED,
                        lsn++,
                        prediction(0.5).put("totalcharges", "NaN").put("deleted", true))))
                .isEqualTo(204);

        assertThat(source(TableEvents.CAPTURED).path("deleted").asBoolean()).isTrue();
        assertThat(source(TableEvents.CAPTURED).at("/rowcast/left_out")).isNotEmpty();
    }

    @Test
    void rowBeforeTheChangeIsKeptAsAnObject() throws Exception {
        deliver(TableEvents.update(
                TableEvents.CAPTURED,
                7,
                prediction(0.5).put("previous", "{\"tenure\": 9, \"monthlycharges\": 29.85, \"churn\": null}")));

        assertThat(source(TableEvents.CAPTURED).path("previous").toString())
                .isEqualTo("{\"tenure\":9,\"monthlycharges\":29.85,\"churn\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[1, {\"a\": 2}]", "{\"tenure\": {\"deep\": [[]]}}", "{\"a.b\": 1, \"\": 2}"})
    void noShapeOfTheRowBeforeIsRefused(String previous) throws Exception {
        assertThat(deliver(TableEvents.update(
                        TableEvents.CAPTURED, 7, prediction(0.5).put("previous", previous))))
                .isEqualTo(204);
    }

    @Test
    void longTextIsKeptThoughItIsTooLongToBeSearched() throws Exception {
        String text = "x".repeat(100_000);

        assertThat(deliver(TableEvents.update(TableEvents.SOURCE, 7, row().put("contract", text))))
                .isEqualTo(204);

        assertThat(source(TableEvents.SOURCE).path("contract").asText()).isEqualTo(text);
    }

    @Test
    void valueThatContradictsTheMappingIsRejectedByTheNameOfItsField() throws Exception {
        HttpResponse<String> answer =
                sender.deliver(TableEvents.update(TableEvents.SOURCE, 7, row().put("tenure", "since\nMay")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains("not-storable");
        assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("index " + TableEvents.SOURCE + ": ", "[tenure]", "[integer]", "since"));
        assertThat(search.document(TableEvents.SOURCE, id).path("found").asBoolean())
                .isFalse();
    }

    @Test
    void rejectedEventTakesNoneOfItsNeighboursAlong() throws Exception {
        List<String> events = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            ObjectNode row = row().put("customerid", id + "-" + number);
            events.add(TableEvents.update(TableEvents.SOURCE, 7, number % 3 == 0 ? row.put("tenure", "soon") : row));
        }

        List<Integer> answers = sender.deliverAll(events, 99);

        for (int number = 0; number < 200; number++) {
            assertThat(answers.get(number)).as("event %d", number).isEqualTo(number % 3 == 0 ? 422 : 204);
        }
        assertThat(search.count(TableEvents.SOURCE, "{'prefix': {'customerid': '" + id + "'}}"))
                .isEqualTo(133);
    }

    @Test
    void rejectedChangeLeavesWhatIsStored() throws Exception {
        deliver(TableEvents.update(TableEvents.SOURCE, 7, row()));

        assertThat(deliver(TableEvents.update(TableEvents.SOURCE, 8, row().put("tenure", "soon"))))
                .isEqualTo(422);

        assertThat(source(TableEvents.SOURCE).path("tenure").asInt()).isEqualTo(10);
    }

    private int deliver(String event) throws Exception {
        return sender.deliver(event).statusCode();
    }

    private JsonNode source(String index) throws Exception {
        return search.document(index, id).path("_source");
    }

    private ObjectNode row() {
        return DebeziumEvent.columns("""
                {'seniorcitizen': 1, 'tenure': 10, 'contract': 'Month-to-month', 'monthlycharges': 29.85,
                 'totalcharges': '298.50', 'churn': null}""").put("customerid", id);
    }

    private ObjectNode prediction(double probability) {
        return row().setAll(DebeziumEvent.columns("""
                        {'churn_prediction': 'Yes', 'model_version': 'churn-1', 'source_epoch': 0,
                         'source_lsn': 26715648, 'source_ts': '2026-03-01T12:00:00.123Z', 'operation': 'u',
                         'previous': '{}', 'predicted_at': '2026-03-01T12:00:00.500456Z', 'deleted': false}""").put("churn_probability", probability));
    }
}
