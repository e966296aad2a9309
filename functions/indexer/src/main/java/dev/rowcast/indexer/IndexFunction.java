package dev.rowcast.indexer;

import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.endpoint.Answer;
import dev.rowcast.endpoint.EventBody;
import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Rendering;
import dev.rowcast.indexer.document.Unstorable;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.indexer.event.Incoming;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: a change of a row or the turn of a case comes in, its document is stored in the index of its
/// table, and only then is the event answered.
///
/// ```
///   event ──▶ decode, by its type ──▶ draft ──▶ batch ──▶ _bulk ──▶ answer by its own item
///               │                       └▶ rejected: no id, no JSON
///               └▶ skipped: tombstone, heartbeat    rejected: no change, no case
/// ```
@Singleton
public class IndexFunction {

    private final EventDecoder decoder;
    private final Documents documents;
    private final NaturalBatch<Draft, Outcome> batch;
    private final Answer answer;

    IndexFunction(EventDecoder decoder, Documents documents, NaturalBatch<Draft, Outcome> batch, Answer answer) {
        this.decoder = decoder;
        this.documents = documents;
        this.batch = batch;
        this.answer = answer;
    }

    /// Indexes the change that `event` tells of.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = EventDecoder.RECORD)
    public Uni<Void> index(CloudEvent<byte[]> event) {
        return index(decoder.change(EventBody.of(event)));
    }

    /// Indexes the case that was opened.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_OPENED)
    public Uni<Void> opened(CloudEvent<byte[]> event) {
        return index(decoder.turn(EventDecoder.CASE_OPENED, EventBody.of(event)));
    }

    /// Indexes the case that was closed.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_CLOSED)
    public Uni<Void> closed(CloudEvent<byte[]> event) {
        return index(decoder.turn(EventDecoder.CASE_CLOSED, EventBody.of(event)));
    }

    private Uni<Void> index(Incoming incoming) {
        return switch (incoming) {
            case Incoming.RowChanged changed -> store(documents.of(changed.change()));
            case Incoming.CaseTurned turned -> store(documents.of(turned.turn()));
            case Incoming.Nothing(Skipped skipped) -> answer.to(skipped);
            case Incoming.Unreadable(Rejected rejected) -> answer.to(rejected);
        };
    }

    private Uni<Void> store(Rendering rendering) {
        return switch (rendering) {
            case Draft draft -> answer.whenDone(batch.submit(draft));
            case Unstorable(String message) -> answer.to(new Rejected(Reason.NOT_STORABLE, message));
        };
    }
}
