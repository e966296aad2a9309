package dev.rowcast.indexer;

import dev.rowcast.change.Change;
import dev.rowcast.endpoint.trace.Delivery;
import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// The steps of an event, for the tables of one reading of the folder.
///
/// @param decoder knows the keys of these tables
/// @param documents creates drafts for the indices of these tables
/// @param lanes the lane of each index
/// @param unknownTable completes the message about a table that no file names
record IndexPath(
        EventDecoder decoder, Documents documents, Map<String, Lane> lanes, UnaryOperator<String> unknownTable) {

    /// Copies the map.
    IndexPath {
        lanes = Map.copyOf(lanes);
    }

    /// The draft of the change in a record. A table that no file names is a fault of the setup, not of the
    /// event: a file for it may follow.
    ///
    /// @param body the record's value; empty for a tombstone
    /// @param delivery is told the change
    Step<Draft> change(byte[] body, Delivery delivery) {
        Step<Change> change = decoder.change(body);
        return change instanceof Step.End<Change>(Rejected(Reason reason, String message))
                        && reason == Reason.TABLE_UNKNOWN
                ? Step.end(Unavailable.untilChanged(unknownTable.apply(message)))
                : change.then(delivery::of).then(documents::of);
    }

    /// The draft of a case.
    ///
    /// @param type the type of the event
    /// @param body the event's data
    /// @param delivery is told the key and the position of the case
    Step<Draft> caseUpdate(String type, byte[] body, Delivery delivery) {
        return decoder.caseUpdate(type, body).then(update -> {
            delivery.of(update.key(), update.position());
            return documents.of(update);
        });
    }

    /// Submits a draft to the lane of its index, and the point that it adds to the history of its table. The event is
    /// answered when both are stored.
    CompletableFuture<Outcome> submit(Draft draft) {
        CompletableFuture<Outcome> stored = toItsLane(draft);
        return documents
                .pointOf(draft)
                .map(point -> stored.thenCombine(toItsLane(point), IndexPath::ofBoth))
                .orElse(stored);
    }

    private CompletableFuture<Outcome> toItsLane(Draft draft) {
        return lanes.get(draft.target().index()).batch().submit(draft);
    }

    /// What is unavailable is tried again, before the event can become a dead letter.
    private static Outcome ofBoth(Outcome ofDocument, Outcome ofPoint) {
        return switch (ofPoint) {
            case Unavailable _ -> ofPoint;
            case Rejected _ -> ofDocument instanceof Unavailable ? ofDocument : ofPoint;
            case Stored _, Skipped _ -> ofDocument;
        };
    }
}
