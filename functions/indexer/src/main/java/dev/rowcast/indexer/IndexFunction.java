package dev.rowcast.indexer;

import dev.rowcast.endpoint.http.EventAnswer;
import dev.rowcast.endpoint.http.EventBody;
import dev.rowcast.indexer.event.EventDecoder;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;

/// The Knative function: it receives a change of a row or an update of a case, stores the document in the
/// index of its table, and then answers the event.
///
/// ```
///   event ──▶ decode, by its type ──▶ draft ──▶ batch of its table ──▶ _bulk ──▶ answer for its own item
///               │                       └▶ rejected: no valid id or JSON
///               ├▶ skipped: tombstone, heartbeat    rejected: not a change or case
///               └▶ unavailable: no file names its table
/// ```
@Singleton
public class IndexFunction {

    private final IndexPaths paths;
    private final EventAnswer answer;

    IndexFunction(IndexPaths paths, EventAnswer answer) {
        this.paths = paths;
        this.answer = answer;
    }

    /// Indexes the change in `event`.
    ///
    /// @return completes when the document, or a newer version of it, is stored
    @Funq
    @CloudEventMapping(trigger = EventDecoder.RECORD)
    public Uni<Void> index(CloudEvent<byte[]> event) {
        IndexPath path = paths.current();
        return answer.to(event, delivery -> path.change(EventBody.of(event), delivery), path::submit);
    }

    /// Indexes a case that was opened or closed. Its type is the action's, and Funqy knows no patterns of types:
    /// this function receives the events of all types that no other one has.
    ///
    /// @return completes when the document, or a newer version of it, is stored
    @Funq
    @CloudEventMapping(trigger = "*")
    public Uni<Void> cases(CloudEvent<byte[]> event) {
        IndexPath path = paths.current();
        String type = Objects.requireNonNullElse(event.type(), "");
        return answer.to(event, delivery -> path.caseUpdate(type, EventBody.of(event), delivery), path::submit);
    }
}
