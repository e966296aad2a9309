package dev.rowcast.retention;

import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.http.EventAnswer;
import dev.rowcast.endpoint.http.EventBody;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.CasePolicy;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: it receives a change of a prediction, commits the case that it opens or closes
/// together with the case event, and then answers the change.
///
/// ```
///   event ──▶ decode ──▶ decide ──▶ batch ──▶ one transaction: cases + outbox ──▶ answer for its own row
///               │          └▶ skipped: no decision    rejected: no valid prediction
///               └▶ skipped: tombstone, heartbeat    rejected: not a change
/// ```
@Singleton
public class RetentionFunction {

    private final ChangeDecoder decoder;
    private final CasePolicy policy;
    private final NaturalBatch<CaseDecision, Outcome> batch;
    private final EventAnswer answer;

    RetentionFunction(
            ChangeDecoder decoder, CasePolicy policy, NaturalBatch<CaseDecision, Outcome> batch, EventAnswer answer) {
        this.decoder = decoder;
        this.policy = policy;
        this.batch = batch;
        this.answer = answer;
    }

    /// Opens or closes the case of the row whose prediction changed.
    ///
    /// @return completes when the case is committed, or needs no change
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> retain(CloudEvent<byte[]> event) {
        return answer.to(
                event,
                delivery ->
                        decoder.decode(EventBody.of(event)).then(delivery::of).then(policy::decide),
                batch::submit);
    }
}
