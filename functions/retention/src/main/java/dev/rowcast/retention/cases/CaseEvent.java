package dev.rowcast.retention.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import io.debezium.outbox.quarkus.ExportedEvent;
import java.time.Instant;
import java.util.Map;

/// The event of a case that was opened or closed. Its payload is that of [CaseFacts], with the position of
/// the captured change that caused it: the position orders the events of a row, also if they arrive in
/// another order.
///
/// @param names what the events of this action are called
/// @param facts the case
record CaseEvent(EventNames names, CaseFacts facts) implements ExportedEvent<String, String> {

    @Override
    public String getAggregateType() {
        return names.aggregate();
    }

    @Override
    public String getAggregateId() {
        return facts.key().id();
    }

    @Override
    public String getType() {
        return names.type() + "." + facts.event();
    }

    @Override
    public Instant getTimestamp() {
        return facts.at();
    }

    @Override
    public String getPayload() {
        ObjectNode payload = facts.columns();
        Position position = facts.position();
        payload.putObject("position")
                .put("epoch", position.epoch())
                .put("commit", position.commit())
                .put("lsn", position.lsn());
        return payload.toString();
    }

    @Override
    public Map<String, Object> getAdditionalFieldValues() {
        return Map.of("source", names.source());
    }
}
