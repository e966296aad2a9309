package dev.rowcast.retention;

import dev.rowcast.change.Change;
import dev.rowcast.change.ChangeDecoder;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.endpoint.Answer;
import dev.rowcast.endpoint.EventBody;
import dev.rowcast.retention.judge.Judge;
import dev.rowcast.retention.judge.Judged;
import dev.rowcast.retention.judge.Judgement;
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

    private static final Skipped UNDECIDED = new Skipped("between closing and opening");

    private final ChangeDecoder decoder;
    private final Judge judge;
    private final NaturalBatch<Judgement, Outcome> batch;
    private final Answer answer;

    RetentionFunction(ChangeDecoder decoder, Judge judge, NaturalBatch<Judgement, Outcome> batch, Answer answer) {
        this.decoder = decoder;
        this.judge = judge;
        this.batch = batch;
        this.answer = answer;
    }

    /// Sees to the case of the customer whose prediction changed.
    ///
    /// @return nothing, once the case is committed or nothing is to be done
    @Funq
    @CloudEventMapping(trigger = "dev.knative.kafka.event")
    public Uni<Void> retain(CloudEvent<byte[]> event) {
        return switch (decoder.decode(EventBody.of(event))) {
            case Change change -> keep(judge.judge(change));
            case Skipped skipped -> answer.to(skipped);
            case Rejected rejected -> answer.to(rejected);
        };
    }

    private Uni<Void> keep(Judged judged) {
        return switch (judged) {
            case Judgement judgement -> answer.whenDone(batch.submit(judgement));
            case Judged.Undecided _ -> answer.to(UNDECIDED);
            case Judged.Unreadable(Rejected rejected) -> answer.to(rejected);
        };
    }
}
