package dev.rowcast.local.page.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.load.SourceRows;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.ApiRequest;
import dev.rowcast.model.contract.ModelContract;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes faulty events to the source topic.
///
/// @param rows  creates the row in the event
/// @param kafka bootstrap servers
/// @param topic topic of the source table
public record FaultyEvents(SourceRows rows, String kafka, String topic) {

    private static final int TIMEOUT_MS = 10_000;

    /// Writes one event of the kind in `kind`.
    public JsonNode send(ApiRequest request) throws SQLException, ExecutionException, InterruptedException {
        String kind = request.text("kind");
        FaultyEvent faulty =
                FaultyEvent.of(kind).orElseThrow(() -> ApiRefusal.wrong("there is no kind of faulty event " + kind));
        ModelContract contract = rows.contract();
        List<String> key = contract.source().key();
        RowChange.Insert row = rows.sample();
        String column = contract.features().getFirst().column();
        byte[] bytes = faulty.of(event(contract, row), key.getFirst(), column);
        byte[] recordKey = String.join("|", row.key()).getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "acks", "all",
                        "max.block.ms", TIMEOUT_MS,
                        "delivery.timeout.ms", TIMEOUT_MS,
                        "request.timeout.ms", TIMEOUT_MS / 2),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            RecordMetadata at =
                    producer.send(new ProducerRecord<>(topic, recordKey, bytes)).get();
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("topic", topic)
                    .put("partition", at.partition())
                    .put("offset", at.offset());
        }
    }

    /// An insert with a position far below every real one, so that no store would take it for a newer change.
    private static ObjectNode event(ModelContract contract, RowChange.Insert row) {
        long now = System.currentTimeMillis();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("op", "c").put("ts_ms", now).putNull("before");
        event.putObject("source")
                .put("schema", contract.source().schema())
                .put("table", contract.source().table())
                .put("ts_ms", now)
                .put("lsn", 1)
                .put("sequence", "[null,\"1\"]");
        ObjectNode after = event.putObject("after");
        for (int i = 0; i < row.key().size(); i++) {
            after.put(contract.source().key().get(i), row.key().get(i));
        }
        row.values().forEach(after::put);
        return event;
    }
}
