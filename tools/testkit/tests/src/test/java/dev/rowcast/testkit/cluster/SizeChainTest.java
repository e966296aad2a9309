package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Each step of the path of a row accepts the largest message that the step before it sends, computed from
/// the numbers in the schema and in the manifests. `LargestRowIT` tests the factors with real rows.
class SizeChainTest {

    private static final Path ROOT = Checkout.find().root();

    /// Bytes of Debezium's JSON for one byte in Postgres. A character of four bytes becomes two escapes of
    /// six bytes; a point of a polygon, `(0,0),`, becomes 21 bytes of base64.
    private static final long IMAGE = 4;

    /// Bytes of JSON for one byte of a text column, such as `previous`.
    private static final long TEXT = 3;

    /// Constant bytes of the columns of a row: a box of 13 bytes becomes 176, and 250 of them fill a page.
    private static final long COLUMNS = 64 * 1024;

    /// The envelope of a change, or the captured table's own columns.
    private static final long ENVELOPE = 8 * 1024;

    /// HTTP headers that a KafkaSink takes, the default of its server. `DeadLetterSinkTest` tests the default.
    private static final long SINK_HEADERS = 8 * 1024;

    /// A dead letter beyond its value: each attribute arrived as one of these headers; a character can have two
    /// bytes in Kafka, and the key is stored again as the key of the record.
    private static final long ATTRIBUTES = 4 * SINK_HEADERS + ENVELOPE;

    /// Headers of a dead letter beside its key and the body of the answer: coordinates, reason, the client's own.
    private static final long OTHER_HEADERS = 3 * 1024;

    /// Most bytes of an answer's body in a dead letter, before they become base64.
    private static final long ERROR_DATA = 1024;

    /// Default `buffer.memory` of Kafka's producer.
    private static final long PRODUCER_BUFFER = 32L * 1024 * 1024;

    /// Default `http.max_content_length` of Elasticsearch.
    private static final long ELASTICSEARCH_REQUEST = 100L * 1024 * 1024;

    private static final Map<String, Long> TOPICS = new HashMap<>();
    private static final List<JsonNode> TABLE_CONNECTORS = new ArrayList<>();
    private static long sourceChange;
    private static long capturedChange;

    @BeforeAll
    static void compute() throws IOException {
        String limits = Files.readString(ROOT.resolve("postgres/schema/60-limits.sql"));
        long row = number(limits, "rowcast_largest_row\\(\\) RETURNS integer\\s+LANGUAGE sql[^']*'SELECT (\\d+)'");
        long previous =
                number(limits, "rowcast_largest_previous\\(\\) RETURNS integer\\s+LANGUAGE sql[^']*'SELECT (\\d+)'");
        sourceChange = 2 * (IMAGE * row + COLUMNS) + ENVELOPE;
        capturedChange = 2 * (TEXT * row + COLUMNS + TEXT * previous + ENVELOPE) + ENVELOPE;
        List<JsonNode> manifests = new ArrayList<>(Rendered.folder(ROOT, "overlays/production"));
        manifests.addAll(Rendered.folder(ROOT, "examples/loan"));
        for (JsonNode manifest : manifests) {
            JsonNode spec = manifest.path("spec");
            switch (manifest.path("kind").asText()) {
                case "KafkaTopic" ->
                    TOPICS.put(
                            spec.path("topicName").asText(),
                            spec.path("config").path("max.message.bytes").asLong(1024 * 1024));
                case "KafkaConnector" -> {
                    if (!spec.path("config").has("transforms")) {
                        TABLE_CONNECTORS.add(spec.path("config"));
                    }
                }
                default -> {}
            }
        }
    }

    @Test
    void connectorsAndTopicsAcceptTheLargestChangeOfEachTable() {
        assertThat(TABLE_CONNECTORS).hasSize(2);
        for (JsonNode connector : TABLE_CONNECTORS) {
            String[] tables = connector.path("table.include.list").asText().split(",", -1);
            assertThat(tables).hasSize(2);
            for (String table : tables) {
                long change = table.endsWith("_captured") ? capturedChange : sourceChange;
                String topic = connector.path("topic.prefix").asText() + "." + table;
                assertThat(connector.path("producer.override.max.request.size").asLong())
                        .as("producer of %s", topic)
                        .isBetween(change, PRODUCER_BUFFER);
                assertThat(TOPICS).containsKey(topic);
                assertThat(TOPICS.get(topic))
                        .as(topic)
                        .isGreaterThanOrEqualTo(connector
                                .path("producer.override.max.request.size")
                                .asLong());
            }
        }
    }

    @Test
    void requestLimitsAdmitTheLargestRecordOfEachTopic() throws IOException {
        String settings = Files.readString(
                ROOT.resolve("functions/endpoint/src/main/resources/META-INF/microprofile-config.properties"));
        long body = number(settings, "quarkus\\.http\\.limits\\.max-body-size=(\\d+)M") * 1024 * 1024;

        assertThat(TOPICS.values()).allMatch(record -> record <= body);
        assertThat(body).isLessThan(ELASTICSEARCH_REQUEST / 2);
    }

    @Test
    void deadLettersAcceptTheLargestRecordWithItsReason() {
        long letters = TOPICS.get("rowcast.dead-letters");

        TOPICS.forEach((topic, record) -> {
            if (!topic.equals("rowcast.dead-letters")) {
                assertThat(letters).as(topic).isGreaterThanOrEqualTo(record + ATTRIBUTES);
            }
        });
    }

    /// The key is two headers, `ce-key` and `ce-partitionkey`, each with Debezium's JSON of it. So every record
    /// that a topic admits passes the sink.
    @Test
    void headersOfADeadLetterWithTheLargestKeyFitTheSink() throws IOException {
        String tables = Files.readString(ROOT.resolve("postgres/schema/20-tables.sql"));
        long key = number(tables, "octet_length\\(customerid\\) BETWEEN 1 AND (\\d+)");

        long json = TEXT * key + "{\"customerid\":\"\"}".length();
        long base64 = 4 * Math.ceilDiv(ERROR_DATA, 3);
        assertThat(2 * json + base64 + OTHER_HEADERS).isLessThanOrEqualTo(SINK_HEADERS);
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1));
    }
}
