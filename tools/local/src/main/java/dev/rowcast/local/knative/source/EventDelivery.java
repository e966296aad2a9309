package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.local.thread.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Delivers one event, on its own thread:
///
///     post ──▶ success ─────────────────────────────────▶ delivered
///      ▲  └──▶ failure, retryable, tries left ──▶ wait ─┐
///      └─────────────────────────────────────────────────┘
///         └──▶ any other failure ──▶ post to the dead letter sink, with the same retries ──▶ dead-lettered
///                                                                                       └──▶ dropped
///
/// @param deadLetters the sink; without it an event that cannot be delivered is dropped
record EventDelivery(
        SourcePlan plan,
        EventSubscriber subscriber,
        Optional<EventSubscriber> deadLetters,
        SourceCounts counts,
        StopSignal stop) {

    /// The outcome.
    sealed interface Outcome {

        /// The function accepted the event, or the dead letter topic has it.
        record Done() implements Outcome {}

        /// The event is lost: its offset is committed anyway, as Knative's KafkaSource does.
        record Dropped(String reason) implements Outcome {}

        /// The source is stopping; the event is delivered again after the next start.
        record Abandoned() implements Outcome {}

        /// Knative's dispatcher throws and forgets the delivery: its slot is never free again, and no offset of its
        /// partition from the event on is committed until the dispatcher starts again.
        record Stuck(String reason) implements Outcome {}
    }

    Outcome deliver(CloudEvent event) throws InterruptedException {
        Optional<FunctionResponse> answer = tries(event, subscriber, plan.retryPolicy());
        if (answer.isEmpty()) {
            return new Outcome.Abandoned();
        }
        if (!answer.get().isSuccess()) {
            return failed(event, answer.get());
        }
        counts.delivered.increment();
        return new Outcome.Done();
    }

    private Outcome failed(CloudEvent event, FunctionResponse last) throws InterruptedException {
        CloudEvent letter;
        try {
            letter = event.with(ErrorExtensions.extensions(plan.destination(), last));
        } catch (IllegalArgumentException noExtension) {
            counts.stuck.increment();
            return new Outcome.Stuck(noExtension.getMessage());
        }
        if (deadLetters.isEmpty()) {
            return dropped("the source has no dead letter sink");
        }
        Optional<FunctionResponse> answer = tries(letter, deadLetters.get(), plan.sinkPolicy());
        if (answer.isEmpty()) {
            return new Outcome.Abandoned();
        }
        if (!answer.get().isSuccess()) {
            return dropped("the dead letter sink does not take it: " + text(answer.get()));
        }
        counts.deadLettered.increment();
        return new Outcome.Done();
    }

    /// {@return the last answer; empty when the source is stopping}
    private Optional<FunctionResponse> tries(CloudEvent event, EventSubscriber to, RetryPolicy policy)
            throws InterruptedException {
        FunctionResponse answer = post(event, to, policy.timeout());
        for (int retry = 1; answer.isRetryable() && retry <= policy.retries(); retry++) {
            if (!stop.sleep(policy.waitBefore(retry))) {
                return Optional.empty();
            }
            counts.retried.increment();
            answer = post(event, to, policy.timeout());
        }
        return stop.isRequested() && answer.isRetryable() ? Optional.empty() : Optional.of(answer);
    }

    private FunctionResponse post(CloudEvent event, EventSubscriber to, Duration timeout) throws InterruptedException {
        try {
            return to.post(FunctionRequest.of(event, plan.namespace()), timeout)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (IllegalArgumentException noRequest) {
            // Knative retries this like a refused connection, although no try can succeed.
            return new FunctionResponse.Unreachable(noRequest.getMessage());
        } catch (ExecutionException unforeseen) {
            return new FunctionResponse.Broken(unforeseen.getCause().toString());
        }
    }

    private Outcome dropped(String reason) {
        counts.dropped.increment();
        return new Outcome.Dropped(reason);
    }

    private static String text(FunctionResponse answer) {
        return switch (answer) {
            case FunctionResponse.Answered answered -> "status " + answered.status();
            case FunctionResponse.NoAnswer none -> none.reason();
        };
    }
}
