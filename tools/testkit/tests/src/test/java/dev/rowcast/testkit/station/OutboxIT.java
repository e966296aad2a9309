package dev.rowcast.testkit.station;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An event from the outbox to the topic, where its record is a CloudEvent.
class OutboxIT extends WithReplication {

    private static final String TOPIC = "churn.events.retention_case";

    private static UUID first;

    @BeforeAll
    static void writeAnEventBeforeTheConnectorFirstRuns() throws SQLException {
        first = event("before", "opened", "{}");
        path.startConnector(Replication.connector("outbox"));
    }

    @Test
    void eventIsARecordInKafkasBinaryModeOfCloudEvents() throws SQLException {
        String payload = """
                {"customerid":"2718-YSKCS","list":[],"mixed":[1,"a",null],"text":"\\"quoted\\" für 日本"}""";

        UUID id = event("2718-YSKCS", "opened", payload);

        ConsumerRecord<byte[], byte[]> record = await(id);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("2718-YSKCS");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(payload);
        assertThat(headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id", id.toString(),
                        "ce_id", id.toString(),
                        "ce_type", "dev.rowcast.retention.opened",
                        "ce_source", "/rowcast/retention",
                        "ce_specversion", "1.0",
                        "ce_time", "2026-03-01T12:00:00.123Z",
                        "content-type", "application/json"));
    }

    @Test
    void eventFromBeforeTheConnectorIsSentToo() {
        assertThat(headers(await(first))).containsEntry("ce_id", first.toString());
    }

    @Test
    void eventOfATransactionThatIsRolledBackIsNeverSent() throws SQLException {
        UUID never = UUID.randomUUID();
        try (Connection retention = path.postgres.connect("retention");
                Statement statement = retention.createStatement()) {
            retention.setAutoCommit(false);
            statement.execute(sql(never, "never", "opened", "{}"));
            retention.rollback();
        }
        UUID after = event("never", "closed", "{}");

        await(after);

        assertThat(TopicRecords.of(path.kafka, TOPIC).all())
                .noneMatch(record -> headers(record).containsValue(never.toString()));
    }

    @Test
    void noRecordHasAHeaderWithoutAValueNorATombstone() throws SQLException {
        await(event("whole", "opened", "{}"));

        TopicRecords.of(path.kafka, TOPIC).assertKafkaSourceCanRead();
    }

    @Test
    void slotIsConfirmedWhileNoCaseTurns() throws SQLException {
        path.execute("postgres", "CREATE TABLE public.outbox_noise AS SELECT generate_series(1, 10000) AS n");

        path.awaitConfirmed("rowcast_outbox");
    }

    /// Inserts an event and removes it in the same transaction, as the function does.
    private static UUID event(String customer, String turn, String payload) throws SQLException {
        UUID id = UUID.randomUUID();
        path.execute("retention", sql(id, customer, turn, payload));
        return id;
    }

    private static String sql(UUID id, String customer, String turn, String payload) {
        return """
                INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, "timestamp", payload)
                VALUES ('%1$s', 'retention_case', '%2$s', 'dev.rowcast.retention.%3$s', '2026-03-01 12:00:00.123Z', '%4$s');
                DELETE FROM outboxevent WHERE id = '%1$s'""".formatted(id, customer, turn, payload);
    }

    private static ConsumerRecord<byte[], byte[]> await(UUID id) {
        return TopicRecords.await(
                        path.kafka, TOPIC, records -> records.all().stream().anyMatch(record -> is(record, id)))
                .all()
                .stream()
                .filter(record -> is(record, id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean is(ConsumerRecord<byte[], byte[]> record, UUID id) {
        return id.toString().equals(headers(record).get("ce_id"));
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "(null)" : new String(header.value(), UTF_8));
        }
        return headers;
    }
}
