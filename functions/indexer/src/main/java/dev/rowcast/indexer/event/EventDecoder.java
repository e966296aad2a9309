package dev.rowcast.indexer.event;

import dev.rowcast.change.Change;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Step;

/// Turns events into what they tell of. The type of a CloudEvent says which kind it is: KafkaSource gives every record
/// that is none by itself the same type, and passes on those that are.
public final class EventDecoder {

    /// Type of an event that KafkaSource made of a record.
    public static final String RECORD = "dev.knative.kafka.event";

    /// Type of the event of a case that was opened.
    public static final String CASE_OPENED = "dev.rowcast.retention.opened";

    /// Type of the event of a case that was closed.
    public static final String CASE_CLOSED = "dev.rowcast.retention.closed";

    private final ChangeDecoder changes;
    private final CaseDecoder cases = new CaseDecoder();

    /// @param changes decodes the records that are no events by themselves
    public EventDecoder(ChangeDecoder changes) {
        this.changes = changes;
    }

    /// The change that a record tells of.
    ///
    /// @param body the record's value; empty for a tombstone
    public Step<Change> change(byte[] body) {
        return changes.decode(body);
    }

    /// The turn of a case that an event tells of.
    ///
    /// @param type [#CASE_OPENED] or [#CASE_CLOSED]
    /// @param body the event's data
    public Step<CaseUpdate> turn(String type, byte[] body) {
        return cases.decode(type.substring(type.lastIndexOf('.') + 1), body);
    }
}
