package dev.rowcast.predictor;

import dev.rowcast.change.ChangeDecoder;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.change.Upsert;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.endpoint.Answer;
import dev.rowcast.endpoint.EventBody;
import dev.rowcast.model.FeatureRead;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.predictor.score.Scorable;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The Knative function: a change of a row comes in, its prediction is committed in Postgres, and only
/// then is the event answered.
///
/// ```
///   event ──▶ decode ──▶ read features ──▶ batch ──▶ score ──▶ one statement ──▶ answer by its own row
///               │              └▶ rejected: a feature missing or of the wrong type
///               └▶ skipped: tombstone, heartbeat    rejected: no change
/// ```
@Singleton
public class ScoreFunction {

    private final ChangeDecoder decoder;
    private final FeatureReader features;
    private final NaturalBatch<Scorable, Outcome> batch;
    private final Answer answer;

    ScoreFunction(ChangeDecoder decoder, FeatureReader features, NaturalBatch<Scorable, Outcome> batch, Answer answer) {
        this.decoder = decoder;
        this.features = features;
        this.batch = batch;
        this.answer = answer;
    }

    /// Scores the change that `event` tells of.
    ///
    /// @return nothing, once the prediction is committed or something newer is there
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> score(CloudEvent<byte[]> event) {
        return switch (decoder.decode(EventBody.of(event))) {
            case Upsert upsert -> score(upsert);
            case Delete delete -> store(new Scorable.Gone(delete));
            case Skipped skipped -> answer.to(skipped);
            case Rejected rejected -> answer.to(rejected);
        };
    }

    private Uni<Void> score(Upsert upsert) {
        return switch (features.read(upsert.after())) {
            case FeatureRead.Features read -> store(new Scorable.Live(upsert, read.row()));
            case Rejected rejected -> answer.to(rejected);
        };
    }

    private Uni<Void> store(Scorable change) {
        return answer.whenDone(batch.submit(change));
    }
}
