package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.Interruption;
import java.net.URI;
import java.util.concurrent.ExecutionException;

/// Sends one event at a time, with retries:
///
/// ```
///   post ──▶ success ────────────────────────────────▶ Accepted
///    ▲  └──▶ failure, retryable, tries left ─▶ wait ─┐
///    └───────────────────────────────────────────────┘
///       └──▶ any other failure ──────────────────────▶ Refused: KafkaSource would write a dead letter
/// ```
///
/// @param namespace of the KafkaSource whose requests are sent
/// @param counts receives every response and every outcome
public record EventSender(
        SinkClient client, String namespace, RetryPolicy policy, StatusCounts counts, Interruption interruption) {

    /// Marks an event that an operator sends again: its refusal creates no dead letter, and does not count
    /// as a failure of the topic.
    private static final String REPLAYED = "ce-rowcastreplay";

    /// {@return a sender that is configured by the options}
    public static EventSender of(SinkClient client, SendOptions options, Interruption interruption) {
        return new EventSender(client, options.namespace(), options.retryPolicy(), new StatusCounts(), interruption);
    }

    /// Sends an event, and returns when no more tries follow.
    public SendOutcome send(CloudEvent event, URI sink) throws InterruptedException {
        SendOutcome outcome = sendWithRetries(event, sink);
        counts.add(outcome);
        return outcome;
    }

    private SendOutcome sendWithRetries(CloudEvent event, URI sink) throws InterruptedException {
        FunctionRequest request;
        try {
            request = FunctionRequest.of(event, namespace);
        } catch (IllegalArgumentException noHeader) {
            return new SendOutcome.Unsendable(noHeader.getMessage());
        }
        request.headers().set(REPLAYED, "true");
        FunctionResponse response = post(request, sink);
        for (int retry = 1; response.isRetryable() && retry <= policy.retries(); retry++) {
            if (!interruption.sleep(policy.waitBefore(retry))) {
                return new SendOutcome.Interrupted();
            }
            response = post(request, sink);
        }
        return response instanceof FunctionResponse.Answered answered && response.isSuccess()
                ? new SendOutcome.Accepted(answered.status())
                : new SendOutcome.Refused(response);
    }

    private FunctionResponse post(FunctionRequest request, URI sink) throws InterruptedException {
        FunctionResponse response;
        try {
            response = client.post(sink, request, policy.timeout())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException failure) {
            response = new FunctionResponse.Broken(failure.getCause().toString());
        }
        counts.add(response);
        return response;
    }
}
