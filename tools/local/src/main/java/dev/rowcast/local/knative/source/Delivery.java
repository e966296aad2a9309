package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// The way of one event, on a thread of its own:
///
///     post ──▶ success ─────────────────────────────────▶ delivered
///      ▲  └──▶ failure, retryable, tries left ──▶ wait ─┐
///      └─────────────────────────────────────────────────┘
///         └──▶ any other failure ──▶ dead letter sink ──▶ dead-lettered
///                                └─▶ there is none ─────▶ dropped
final class Delivery {

    /// How the way ended.
    enum End {
        DELIVERED,
        DEAD_LETTERED,
        /// Nobody has the event and nobody will: its offset is committed nevertheless, as the real KafkaSource does.
        DROPPED,
        /// The source is stopping; the event comes again at the next start.
        ABANDONED
    }

    private final SourcePlan plan;
    private final EventSubscriber subscriber;
    private final Optional<DeadLetters> deadLetters;
    private final SourceCounts counts;
    private final Stop stop;

    Delivery(
            SourcePlan plan,
            EventSubscriber subscriber,
            Optional<DeadLetters> deadLetters,
            SourceCounts counts,
            Stop stop) {
        this.plan = plan;
        this.subscriber = subscriber;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.stop = stop;
    }

    End deliver(CloudEvent event) throws InterruptedException {
        FunctionRequest request;
        try {
            request = FunctionRequest.of(event, plan.namespace());
        } catch (IllegalArgumentException noHeader) {
            // The real one fails at the subscriber and then at the dead letter sink for the same reason.
            return dropped();
        }
        FunctionResponse answer = post(request);
        for (int retry = 1; answer.isRetryable() && retry <= plan.retryPolicy().retries(); retry++) {
            if (!stop.sleep(plan.retryPolicy().waitBefore(retry))) {
                return End.ABANDONED;
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

    private End delivered() {
        counts.delivered.increment();
        return End.DELIVERED;
    }

    private End dropped() {
        counts.dropped.increment();
        return End.DROPPED;
    }

    private End failed(CloudEvent event, FunctionResponse last) throws InterruptedException {
        if (stop.isRequested() && last.isRetryable()) {
            return End.ABANDONED;
        }
        if (deadLetters.isEmpty()) {
            return dropped();
        }
        CloudEvent letter = event.with(ErrorExtensions.extensions(plan.destination(), last));
        if (!deadLetters.get().write(letter, stop)) {
            return End.ABANDONED;
        }
        counts.deadLettered.increment();
        return End.DEAD_LETTERED;
    }
}
