package dev.rowcast.indexer;

import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.http.EventAnswer;
import dev.rowcast.endpoint.http.EventBody;
import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.outcome.Outcome;
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
    private final EventAnswer answer;

    IndexFunction(EventDecoder decoder, Documents documents, NaturalBatch<Draft, Outcome> batch, EventAnswer answer) {
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
        return answer.to(decoder.change(EventBody.of(event)).then(documents::of), batch::submit);
    }

    /// Indexes the case that was opened.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_OPENED)
    public Uni<Void> opened(CloudEvent<byte[]> event) {
        return turned(EventDecoder.CASE_OPENED, event);
    }

    /// Indexes the case that was closed.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_CLOSED)
    public Uni<Void> closed(CloudEvent<byte[]> event) {
        return turned(EventDecoder.CASE_CLOSED, event);
    }

    private Uni<Void> turned(String type, CloudEvent<byte[]> event) {
        return answer.to(decoder.turn(type, EventBody.of(event)).then(documents::of), batch::submit);
    }
}
