package dev.rowcast.retention.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import io.debezium.outbox.quarkus.ExportedEvent;
import java.time.Instant;

/// A case was opened or closed. The payload:
///
/// ```json
/// {"customerid": "2718-YSKCS", "status": "open", "case_number": 1, "probability": 0.61, "threshold": 0.2322,
///  "model_version": "…", "opened_at": "2026-03-01T12:00:00.123Z",
///  "position": {"epoch": 0, "commit": 26715000, "lsn": 26715648}}
/// ```
///
/// `position` is the position of the captured change that caused the event. It orders the events of a
/// customer, also if they arrive in another order.
public sealed interface CaseEvent extends ExportedEvent<String, String>
        permits RetentionCaseOpened, RetentionCaseClosed {

    /// The customer's key.
    String customer();

    /// The position of the captured change that caused the event.
    Position position();

    @Override
    default String getAggregateType() {
        return "retention_case";
    }

    @Override
    default String getAggregateId() {
        return customer();
    }

    @Override
    default String getPayload() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("customerid", customer());
        describe(payload);
        payload.putObject("position")
                .put("epoch", position().epoch())
                .put("commit", position().commit())
                .put("lsn", position().lsn());
        return payload.toString();
    }

    @Override
    Instant getTimestamp();

    /// Adds the fields of this event to the payload.
    void describe(ObjectNode payload);
}
