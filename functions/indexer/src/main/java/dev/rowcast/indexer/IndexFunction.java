package dev.rowcast.indexer;

import dev.rowcast.change.Change;
import dev.rowcast.change.ChangeDecoder;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.endpoint.Answer;
import dev.rowcast.endpoint.EventBody;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.Rendering;
import dev.rowcast.indexer.document.Unstorable;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: a change of a row comes in, its document is stored in the index of its table, and only then is
/// the event answered.
///
/// ```
///   event ──▶ decode ──▶ document ──▶ batch ──▶ _bulk ──▶ answer by its own item
///               │           └▶ rejected: no id, no JSON
///               └▶ skipped: tombstone, heartbeat    rejected: no change
/// ```
@Singleton
public class IndexFunction {

    private final ChangeDecoder decoder;
    private final Documents documents;
    private final NaturalBatch<Document, Outcome> batch;
    private final Answer answer;

    IndexFunction(ChangeDecoder decoder, Documents documents, NaturalBatch<Document, Outcome> batch, Answer answer) {
        this.decoder = decoder;
        this.documents = documents;
        this.batch = batch;
        this.answer = answer;
    }

    /// Indexes the change that `event` tells of.
    ///
    /// @return nothing, once the document is stored or something newer is there
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> index(CloudEvent<byte[]> event) {
        return switch (decoder.decode(EventBody.of(event))) {
            case Change change -> store(documents.of(change));
            case Skipped skipped -> answer.to(skipped);
            case Rejected rejected -> answer.to(rejected);
        };
    }

    private Uni<Void> store(Rendering rendering) {
        return switch (rendering) {
            case Document document -> answer.whenDone(batch.submit(document));
            case Unstorable(String message) -> answer.to(new Rejected(Reason.NOT_STORABLE, message));
        };
    }
}
