package dev.rowcast.retention;

import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.http.EventAnswer;
import dev.rowcast.endpoint.http.EventBody;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.retention.policy.CaseDecision;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: a change of a prediction comes in, the case that it opens or closes is committed together with
/// the event that tells of it, and only then is the change answered.
///
/// ```
///   event ──▶ decode ──▶ judge ──▶ batch ──▶ one transaction: cases + outbox ──▶ answer by its own row
///               │          └▶ skipped: decides nothing    rejected: no probability
///               └▶ skipped: tombstone, heartbeat    rejected: no change
/// ```
@Singleton
public class RetentionFunction {

    private final ChangeDecoder decoder;
    private final CasePolicy policy;
    private final NaturalBatch<CaseDecision, Outcome> batch;
    private final EventAnswer answer;

    RetentionFunction(ChangeDecoder decoder, CasePolicy policy, NaturalBatch<CaseDecision, Outcome> batch, EventAnswer answer) {
        this.decoder = decoder;
        this.policy = policy;
        this.batch = batch;
        this.answer = answer;
    }

    /// Sees to the case of the customer whose prediction changed.
    ///
    /// @return nothing, once the case is committed or nothing is to be done
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> retain(CloudEvent<byte[]> event) {
        return answer.to(decoder.decode(EventBody.of(event)).then(policy::decide), batch::submit);
    }
}
