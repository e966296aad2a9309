package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.replay.exit.Interruption;
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
public final class EventSender {

    /// The attribute by which a function knows an event that an operator sends again: a refusal of it makes no dead
    /// letter, and says nothing about what comes from the topics.
    private static final String REPLAYED = "ce-rowcastreplay";

    private final SinkClient sinks;
    private final String namespace;
    private final RetryPolicy policy;
    private final StatusCounts statuses;
    private final Interruption interruption;

    /// @param namespace of the KafkaSource that this stands in for
    /// @param statuses counts what comes
    public EventSender(SinkClient sinks, String namespace, RetryPolicy policy, StatusCounts statuses, Interruption interruption) {
        this.sinks = sinks;
        this.namespace = namespace;
        this.policy = policy;
        this.statuses = statuses;
        this.interruption = interruption;
    }

    /// Sends, and returns when it is over.
    public SendOutcome send(CloudEvent event, URI sink) throws InterruptedException {
        SendOutcome end = tries(event, sink);
        statuses.ended(end);
        return end;
    }

    /// Counts an event that cannot even be tried.
    public SendOutcome unsendable(String reason) {
        SendOutcome end = new SendOutcome.Unsendable(reason);
        statuses.ended(end);
        return end;
    }

    private SendOutcome tries(CloudEvent event, URI sink) throws InterruptedException {
        FunctionRequest request;
        try {
            request = FunctionRequest.of(event, namespace);
        } catch (IllegalArgumentException noHeader) {
            return new SendOutcome.Unsendable(noHeader.getMessage());
        }
        request.headers().set(REPLAYED, "true");
        FunctionResponse answer = post(request, sink);
        for (int retry = 1; answer.isRetryable() && retry <= policy.retries(); retry++) {
            if (!interruption.sleep(policy.waitBefore(retry))) {
                return new SendOutcome.Cut();
            }
            answer = post(request, sink);
        }
        return answer instanceof FunctionResponse.Answered answered && answer.isSuccess()
                ? new SendOutcome.Accepted(answered.status())
                : new SendOutcome.Refused(answer);
    }

    private FunctionResponse post(FunctionRequest request, URI sink) throws InterruptedException {
        FunctionResponse answer;
        try {
            answer = sinks.at(sink)
                    .post(SinkClient.to(sink, request), policy.timeout())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException unforeseen) {
            answer = new FunctionResponse.Broken(unforeseen.getCause().toString());
        }
        statuses.answered(answer);
        return answer;
    }
}
