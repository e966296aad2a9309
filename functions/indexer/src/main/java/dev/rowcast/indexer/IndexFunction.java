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

/// The Knative function: it receives a change of a row or an update of a case, stores the document in the
/// index of its table, and then answers the event.
///
/// ```
///   event ──▶ decode, by its type ──▶ draft ──▶ batch ──▶ _bulk ──▶ answer for its own item
///               │                       └▶ rejected: no valid id or JSON
///               └▶ skipped: tombstone, heartbeat    rejected: not a change or case
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

    /// Indexes the change in `event`.
    ///
    /// @return completes when the document, or a newer version of it, is stored
    @Funq
    @CloudEventMapping(trigger = EventDecoder.RECORD)
    public Uni<Void> index(CloudEvent<byte[]> event) {
        return answer.to(decoder.change(EventBody.of(event)).then(documents::of), batch::submit);
    }

    /// Indexes a case that was opened.
    ///
    /// @return completes when the document, or a newer version of it, is stored
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_OPENED)
    public Uni<Void> opened(CloudEvent<byte[]> event) {
        return indexCase(EventDecoder.CASE_OPENED, event);
    }

    /// Indexes a case that was closed.
    ///
    /// @return completes when the document, or a newer version of it, is stored
    @Funq
    @CloudEventMapping(trigger = EventDecoder.CASE_CLOSED)
    public Uni<Void> closed(CloudEvent<byte[]> event) {
        return indexCase(EventDecoder.CASE_CLOSED, event);
    }

    private Uni<Void> indexCase(String type, CloudEvent<byte[]> event) {
        return answer.to(decoder.caseUpdate(type, EventBody.of(event)).then(documents::of), batch::submit);
    }
}
