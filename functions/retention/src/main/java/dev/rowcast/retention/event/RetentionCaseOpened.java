package dev.rowcast.retention.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.Score;
import java.time.Instant;

/// A case was opened.
///
/// @param caseNumber counts the customer's cases
/// @param score the score that opened the case
public record RetentionCaseOpened(String customer, Position position, int caseNumber, Instant openedAt, Score score)
        implements CaseEvent {

    @Override
    public String getType() {
        return "dev.rowcast.retention.opened";
    }

    @Override
    public Instant getTimestamp() {
        return openedAt;
    }

    @Override
    public void describe(ObjectNode payload) {
        payload.put("status", "open")
                .put("case_number", caseNumber)
                .put("probability", score.probability())
                .put("threshold", score.threshold())
                .put("model_version", score.modelVersion())
                .put("opened_at", openedAt.toString());
    }
}
