package dev.rowcast.retention.cases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.Score;
import io.debezium.outbox.quarkus.ExportedEvent;
import java.time.Instant;
import java.util.Optional;

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
///
/// @param customer the customer's key
/// @param position the position of the captured change that caused the event
/// @param caseNumber counts the customer's cases
/// @param score the score that opened or closed the case; empty if the customer's row was deleted
/// @param closing empty if the case was opened
record CaseEvent(
        String customer,
        Position position,
        int caseNumber,
        Instant openedAt,
        Optional<Score> score,
        Optional<Closing> closing)
        implements ExportedEvent<String, String> {

    /// When and why a case was closed.
    ///
    /// @param because the reason, such as `deleted`
    record Closing(Instant at, String because) {}

    @Override
    public String getAggregateType() {
        return "retention_case";
    }

    @Override
    public String getAggregateId() {
        return customer;
    }

    @Override
    public String getType() {
        return closing.isPresent() ? "dev.rowcast.retention.closed" : "dev.rowcast.retention.opened";
    }

    @Override
    public Instant getTimestamp() {
        return closing.map(Closing::at).orElse(openedAt);
    }

    @Override
    public String getPayload() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("customerid", customer)
                .put("status", closing.isPresent() ? "closed" : "open")
                .put("case_number", caseNumber);
        score.ifPresent(deciding -> payload.put("probability", deciding.probability())
                .put("threshold", deciding.threshold())
                .put("model_version", deciding.modelVersion()));
        payload.put("opened_at", openedAt.toString());
        closing.ifPresent(
                closed -> payload.put("closed_at", closed.at().toString()).put("closed_because", closed.because()));
        payload.putObject("position")
                .put("epoch", position.epoch())
                .put("commit", position.commit())
                .put("lsn", position.lsn());
        return payload.toString();
    }
}
