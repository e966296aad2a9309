package dev.rowcast.indexer.event;

import dev.rowcast.change.Change;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decodes events by their CloudEvent type. KafkaSource gives all records that are not CloudEvents the same
/// type, and does not change the type of records that are.
public final class EventDecoder {

    /// Type of an event that KafkaSource created from a record.
    public static final String RECORD = "dev.knative.kafka.event";

    private static final Set<String> CASE_EVENTS = Set.of("opened", "closed");

    private final ChangeDecoder changes;
    private final Map<String, List<String>> caseKeys;
    private final CaseDecoder cases = new CaseDecoder();

    /// @param changes decodes the records that are not CloudEvents
    /// @param caseKeys the key columns of the cases of each action, by the type of its events without the kind
    public EventDecoder(ChangeDecoder changes, Map<String, List<String>> caseKeys) {
        this.changes = changes;
        this.caseKeys = Map.copyOf(caseKeys);
    }

    /// Decodes the change in a record.
    ///
    /// @param body the record's value; empty for a tombstone
    public Step<Change> change(byte[] body) {
        return changes.decode(body);
    }

    /// Decodes the update of a case.
    ///
    /// @param type an action's type, then `.opened` or `.closed`; empty if the event has none
    /// @param body the event's data
    public Step<CaseUpdate> caseUpdate(String type, byte[] body) {
        int dot = Math.max(type.lastIndexOf('.'), 0);
        String action = type.substring(0, dot);
        String event = type.substring(Math.min(dot + 1, type.length()));
        return caseKeys.containsKey(action) && CASE_EVENTS.contains(event)
                ? cases.decode(action, event, caseKeys.get(action), body)
                : Step.reject(
                        Reason.TYPE_UNKNOWN,
                        type.isEmpty()
                                ? "the CloudEvent has no type"
                                : "events of type " + type + " are not expected here");
    }
}
