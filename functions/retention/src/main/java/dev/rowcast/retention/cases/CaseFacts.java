package dev.rowcast.retention.cases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.Score;
import java.time.Instant;
import java.util.Optional;

/// A case that was opened or closed, as the payload of its event has it:
///
/// ```json
/// {"customerid": "2718-YSKCS", "status": "open", "case_number": 1, "probability": 0.61, "threshold": 0.2322,
///  "model_version": "…", "opened_at": "2026-03-01T12:00:00.123Z",
///  "position": {"epoch": 0, "commit": 26715000, "lsn": 26715648}}
/// ```
///
/// The key has its columns' names and its values as text. The fields from `probability` to `model_version`
/// are those of the rule.
///
/// @param key the key of the row
/// @param position the position of the captured change that caused the event
/// @param number counts the cases of the row
/// @param score the prediction that opened or closed the case; empty if the row was deleted
/// @param closing empty if the case was opened
record CaseFacts(
        Key key, Position position, int number, Instant openedAt, Optional<Score> score, Optional<Closing> closing) {

    /// When and why a case was closed.
    ///
    /// @param because the reason, such as `deleted`
    record Closing(Instant at, String because) {}

    /// `opened` or `closed`.
    String event() {
        return closing.isPresent() ? "closed" : "opened";
    }

    /// When the case was opened or closed.
    Instant at() {
        return closing.map(Closing::at).orElse(openedAt);
    }

    /// The payload of the event, without the position.
    ObjectNode columns() {
        ObjectNode columns = keyColumns(key);
        columns.put("status", (closing.isPresent() ? CaseStatus.CLOSED : CaseStatus.OPEN).text())
                .put("case_number", number);
        score.ifPresent(deciding -> columns.setAll(deciding.columns()));
        columns.put("opened_at", openedAt.toString());
        closing.ifPresent(
                closed -> columns.put("closed_at", closed.at().toString()).put("closed_because", closed.because()));
        return columns;
    }

    /// The key columns with their values as text.
    static ObjectNode keyColumns(Key key) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < key.columns().size(); i++) {
            columns.put(key.columns().get(i), key.values().get(i));
        }
        return columns;
    }
}
