package dev.rowcast.indexer.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.change.ShortJson;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Step;
import java.io.IOException;
import java.util.List;

/// Decodes the data of a case's event. It returns a rejection for any invalid input and never throws.
final class CaseDecoder {

    private static final String POSITION = "position";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// @param action the type of the action's events, without the kind of event
    /// @param event the kind of event, such as `opened`
    /// @param key names of the key columns, in key order
    /// @param body a JSON object with the key columns as text, the position, and the current state of the case
    Step<CaseUpdate> decode(String action, String event, List<String> key, byte[] body) {
        try {
            return JSON.readTree(body) instanceof ObjectNode data
                    ? decode(action, event, key, data)
                    : Step.reject(Reason.NO_ENVELOPE, "the data of the case's event is not a JSON object");
        } catch (JsonProcessingException notJson) {
            return Step.reject(Reason.NOT_JSON, "the body is not JSON: " + notJson.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | ArithmeticException | IllegalStateException unreadable) {
            // Jackson passes on exceptions of the JDK, such as for an exponent of eleven digits.
            return Step.reject(Reason.NOT_JSON, "the body is not JSON: " + unreadable.getMessage());
        }
    }

    private static Step<CaseUpdate> decode(String action, String event, List<String> key, ObjectNode data) {
        JsonNode epoch = data.path(POSITION).path("epoch");
        JsonNode lsn = data.path(POSITION).path("lsn");
        // Older releases sent no commit. Every later transaction has a commit above the LSN.
        JsonNode commit =
                data.path(POSITION).has("commit") ? data.path(POSITION).path("commit") : lsn;
        JsonNode time = data.path(event + "_at");
        for (String column : key) {
            if (!data.path(column).isTextual()) {
                return Step.reject(
                        Reason.KEY_MISSING, column + ": expected a text, found " + ShortJson.of(data.path(column)));
            }
        }
        if (!isWithin(epoch, Position.MAX_EPOCH)
                || !isWithin(commit, Position.MAX_LSN)
                || !isWithin(lsn, Position.MAX_LSN)) {
            return Step.reject(
                    Reason.POSITION_MISSING,
                    "position: expected an epoch, a commit and an lsn, found " + ShortJson.of(epoch) + ", "
                            + ShortJson.of(commit) + " and " + ShortJson.of(lsn));
        }
        if (!time.isTextual()) {
            return Step.reject(Reason.NO_ENVELOPE, event + "_at: expected a time, found " + ShortJson.of(time));
        }
        data.remove(POSITION);
        return Step.next(new CaseUpdate(
                action,
                new Key(
                        key,
                        key.stream()
                                .map(column -> data.path(column).textValue())
                                .toList()),
                new Position(epoch.intValue(), commit.longValue(), lsn.longValue()),
                event,
                time.textValue(),
                data));
    }

    private static boolean isWithin(JsonNode number, long most) {
        return number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= 0
                && number.longValue() <= most;
    }
}
