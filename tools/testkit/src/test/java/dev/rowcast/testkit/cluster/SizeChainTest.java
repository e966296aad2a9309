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

/// Each link of the way of a row admits the largest that the link before it sends, by the numbers that stand in the
/// schema and in the manifests. That the factors are right is tried on real rows: `LargestRowIT`.
class SizeChainTest {

    private static final Path ROOT = Checkout.find().root();

    /// Bytes of Debezium's JSON for one of Postgres'. A character of four bytes is written as two escapes of six; a
    /// point
    /// of a polygon, `(0,0),`, as 21 of base64.
    private static final long IMAGE = 4;

    /// The same for a text, and for the text that `previous` is.
    private static final long TEXT = 3;

    /// What the columns of a row add whatever is in them: a box of 13 bytes becomes 176, and 250 of them fill a page.
    private static final long COLUMNS = 64 * 1024;

    /// The envelope of a change, or the captured table's own columns.
    private static final long ENVELOPE = 8 * 1024;

    /// Attributes of a dead letter: its key, the reason, 1 KiB of the answer as base64.
    private static final long ATTRIBUTES = 64 * 1024;

    /// What Kafka's producer may hold together, unless it is told otherwise.
    private static final long PRODUCER_BUFFER = 32L * 1024 * 1024;

    /// What Elasticsearch takes as one request, unless it is told otherwise: `http.max_content_length`.
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
    void connectorsAndTheirTopicsTakeTheLargestChangeOfEachTable() {
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
    void deadLettersTakeTheLargestRecordWithItsReason() {
        long letters = TOPICS.get("rowcast.dead-letters");

        TOPICS.forEach((topic, record) -> {
            if (!topic.equals("rowcast.dead-letters")) {
                assertThat(letters).as(topic).isGreaterThanOrEqualTo(record + ATTRIBUTES);
            }
        });
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1));
    }
}
