package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.Answer;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.replay.Interruption;
import java.net.URI;
import java.util.concurrent.ExecutionException;

/// Sends one event, again by the retry table:
///
/// ```
///   post ──▶ success ────────────────────────────────▶ Accepted
///    ▲  └──▶ failure, retryable, tries left ─▶ wait ─┐
///    └───────────────────────────────────────────────┘
///       └──▶ any other failure ──────────────────────▶ Refused: here it would become a dead letter
/// ```
public final class Sender {

    /// The attribute by which a function knows an event that an operator sends again: a refusal of it makes no dead
    /// letter, and says nothing about what comes from the topics.
    private static final String REPLAYED = "ce-rowcastreplay";

    private final Sinks sinks;
    private final String namespace;
    private final RetryPolicy policy;
    private final Statuses statuses;
    private final Interruption interruption;

    /// @param namespace of the KafkaSource that this stands in for
    /// @param statuses counts what comes
    public Sender(Sinks sinks, String namespace, RetryPolicy policy, Statuses statuses, Interruption interruption) {
        this.sinks = sinks;
        this.namespace = namespace;
        this.policy = policy;
        this.statuses = statuses;
        this.interruption = interruption;
    }

    /// Sends, and returns when it is over.
    public Ended send(CloudEvent event, URI sink) throws InterruptedException {
        Ended end = tries(event, sink);
        statuses.ended(end);
        return end;
    }

    /// Counts an event that cannot even be tried.
    public Ended unsendable(String reason) {
        Ended end = new Ended.Unsendable(reason);
        statuses.ended(end);
        return end;
    }

    private Ended tries(CloudEvent event, URI sink) throws InterruptedException {
        FunctionRequest request;
        try {
            request = FunctionRequest.of(event, namespace);
        } catch (IllegalArgumentException noHeader) {
            return new Ended.Unsendable(noHeader.getMessage());
        }
        request.headers().set(REPLAYED, "true");
        Answer answer = post(request, sink);
        for (int retry = 1; answer.isRetryable() && retry <= policy.retries(); retry++) {
            if (!interruption.sleep(policy.waitBefore(retry))) {
                return new Ended.Cut();
            }
            answer = post(request, sink);
        }
        return answer instanceof Answer.Answered answered && answer.isSuccess()
                ? new Ended.Accepted(answered.status())
                : new Ended.Refused(answer);
    }

    private Answer post(FunctionRequest request, URI sink) throws InterruptedException {
        Answer answer;
        try {
            answer = sinks.at(sink)
                    .post(Sinks.to(sink, request), policy.timeout())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException unforeseen) {
            answer = new Answer.Broken(unforeseen.getCause().toString());
        }
        statuses.answered(answer);
        return answer;
    }
}
