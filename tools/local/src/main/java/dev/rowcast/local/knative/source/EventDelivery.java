package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.local.thread.StopSignal;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Delivers one event, on its own thread:
///
///     post ──▶ success ─────────────────────────────────▶ delivered
///      ▲  └──▶ failure, retryable, tries left ──▶ wait ─┐
///      └─────────────────────────────────────────────────┘
///         └──▶ any other failure ──▶ dead letter sink ──▶ dead-lettered
///                                └─▶ no sink ───────────▶ dropped
record EventDelivery(
        SourcePlan plan,
        EventSubscriber subscriber,
        Optional<DeadLetterSink> deadLetters,
        SourceCounts counts,
        StopSignal stop) {

    /// The outcome.
    enum Outcome {
        DELIVERED,
        DEAD_LETTERED,
        /// The event is lost: its offset is committed anyway, as Knative's KafkaSource does.
        DROPPED,
        /// The source is stopping; the event is delivered again after the next start.
        ABANDONED
    }

    Outcome deliver(CloudEvent event) throws InterruptedException {
        FunctionRequest request;
        try {
            request = FunctionRequest.of(event, plan.namespace());
        } catch (IllegalArgumentException noHeader) {
            // Knative's own delivery fails at the subscriber and then at the dead letter sink for this reason.
            return dropped();
        }
        FunctionResponse answer = post(request);
        for (int retry = 1; answer.isRetryable() && retry <= plan.retryPolicy().retries(); retry++) {
            if (!stop.sleep(plan.retryPolicy().waitBefore(retry))) {
                return Outcome.ABANDONED;
            }
            counts.retried.increment();
            answer = post(request);
        }
        return answer.isSuccess() ? delivered() : failed(event, answer);
    }

    private FunctionResponse post(FunctionRequest request) throws InterruptedException {
        try {
            return subscriber
                    .post(request, plan.retryPolicy().timeout())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException unforeseen) {
            return new FunctionResponse.Broken(unforeseen.getCause().toString());
        }
    }

    private Outcome delivered() {
        counts.delivered.increment();
        return Outcome.DELIVERED;
    }

    private Outcome dropped() {
        counts.dropped.increment();
        return Outcome.DROPPED;
    }

    private Outcome failed(CloudEvent event, FunctionResponse last) throws InterruptedException {
        if (stop.isRequested() && last.isRetryable()) {
            return Outcome.ABANDONED;
        }
        if (deadLetters.isEmpty()) {
            return dropped();
        }
        CloudEvent letter = event.with(ErrorExtensions.extensions(plan.destination(), last));
        if (!deadLetters.get().write(letter, stop)) {
            return Outcome.ABANDONED;
        }
        counts.deadLettered.increment();
        return Outcome.DEAD_LETTERED;
    }
}
