package dev.rowcast.predictor;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.http.EventAnswer;
import dev.rowcast.endpoint.http.EventBody;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Step;
import dev.rowcast.predictor.score.Scorable;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: it receives a change of a row, commits its prediction, and answers the event.
///
/// ```
///   event ──▶ decode ──▶ read features ──▶ batch ──▶ score ──▶ one statement ──▶ answer for its own row
///               │              └▶ rejected: a feature missing or of the wrong type
///               └▶ skipped: tombstone, heartbeat    rejected: not a change
/// ```
@Singleton
public class ScoreFunction {

    private final ChangeDecoder decoder;
    private final FeatureReader features;
    private final NaturalBatch<Scorable, Outcome> batch;
    private final EventAnswer answer;

    ScoreFunction(
            ChangeDecoder decoder, FeatureReader features, NaturalBatch<Scorable, Outcome> batch, EventAnswer answer) {
        this.decoder = decoder;
        this.features = features;
        this.batch = batch;
        this.answer = answer;
    }

    /// Scores the change in `event`.
    ///
    /// @return completes when the prediction, or a newer one, is committed
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> score(CloudEvent<byte[]> event) {
        return answer.to(
                event,
                delivery ->
                        decoder.decode(EventBody.of(event)).then(delivery::of).then(this::scorable),
                batch::submit);
    }

    private Step<Scorable> scorable(Change change) {
        return switch (change) {
            case Upsert upsert ->
                features.read(upsert.after()).then(read -> Step.next(new Scorable.Upserted(upsert, read)));
            case Delete delete -> Step.next(new Scorable.Deleted(delete));
        };
    }
}
