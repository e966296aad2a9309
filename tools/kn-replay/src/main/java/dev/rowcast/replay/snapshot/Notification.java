package dev.rowcast.replay.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A notification of Debezium about an incremental snapshot.
///
/// @param id of the signal that started the snapshot
/// @param type such as `STARTED`, `IN_PROGRESS`, `TABLE_SCAN_COMPLETED`, `COMPLETED`
/// @param details by name, such as `last_processed_key`
record Notification(String id, String type, JsonNode details) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SNAPSHOT = "Incremental Snapshot";

    /// Reads a record of the topic of notifications.
    ///
    /// @return empty if the record is no notification about an incremental snapshot
    static Optional<Notification> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode value =
                    record.value() == null ? JSON.nullNode() : JSON.readTree(new String(record.value(), UTF_8));
            return value.path("aggregate_type").asText().equals(SNAPSHOT)
                    ? Optional.of(new Notification(
                            value.path("id").asText(), value.path("type").asText(), value.path("additional_data")))
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /// {@return whether this is the last notification of its snapshot}
    boolean isLast() {
        return type.equals("COMPLETED") || type.equals("ABORTED");
    }

    /// {@return a detail as text, if present}
    Optional<String> detail(String name) {
        JsonNode detail = details.path(name);
        return detail.isMissingNode() || detail.isNull() ? Optional.empty() : Optional.of(detail.asText());
    }
}
