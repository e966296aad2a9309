package dev.rowcast.indexer.event;

import dev.rowcast.change.Change;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Step;

/// Decodes events by their CloudEvent type. KafkaSource gives all records that are not CloudEvents the same
/// type, and does not change the type of records that are.
public final class EventDecoder {

    /// Type of an event that KafkaSource created from a record.
    public static final String RECORD = "dev.knative.kafka.event";

    /// Type of the event for an opened case.
    public static final String CASE_OPENED = "dev.rowcast.retention.opened";

    /// Type of the event for a closed case.
    public static final String CASE_CLOSED = "dev.rowcast.retention.closed";

    private final ChangeDecoder changes;
    private final CaseDecoder cases = new CaseDecoder();

    /// @param changes decodes the records that are not CloudEvents
    public EventDecoder(ChangeDecoder changes) {
        this.changes = changes;
    }

    /// Decodes the change in a record.
    ///
    /// @param body the record's value; empty for a tombstone
    public Step<Change> change(byte[] body) {
        return changes.decode(body);
    }

    /// Decodes the update of a case.
    ///
    /// @param type [#CASE_OPENED] or [#CASE_CLOSED]
    /// @param body the event's data
    public Step<CaseUpdate> caseUpdate(String type, byte[] body) {
        return cases.decode(type.substring(type.lastIndexOf('.') + 1), body);
    }
}
