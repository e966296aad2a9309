package dev.rowcast.retention.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.Score;
import java.time.Instant;
import java.util.Optional;

/// A case was closed.
///
/// @param caseNumber counts the customer's cases
/// @param because the reason, such as `deleted`
/// @param score the score that closed the case; empty if the customer's row was deleted
public record RetentionCaseClosed(
        String customer,
        Position position,
        int caseNumber,
        Instant openedAt,
        Instant closedAt,
        String because,
        Optional<Score> score)
        implements CaseEvent {

    @Override
    public String getType() {
        return "dev.rowcast.retention.closed";
    }

    @Override
    public Instant getTimestamp() {
        return closedAt;
    }

    @Override
    public void describe(ObjectNode payload) {
        payload.put("status", "closed").put("case_number", caseNumber);
        score.ifPresent(closing -> payload.put("probability", closing.probability())
                .put("threshold", closing.threshold())
                .put("model_version", closing.modelVersion()));
        payload.put("opened_at", openedAt.toString())
                .put("closed_at", closedAt.toString())
                .put("closed_because", because);
    }
}
