package dev.rowcast.kafkasource.http;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// The result of one request to a function.
public sealed interface FunctionResponse {

    /// {@return whether KafkaSource tries again}
    default boolean isRetryable() {
        return !(this instanceof Answered answered) || RetryPolicy.isRetryable(answered.status());
    }

    /// {@return whether the function accepted the event}
    default boolean isSuccess() {
        return this instanceof Answered answered && RetryPolicy.isSuccess(answered.status());
    }

    /// The function, or the activator in front of it, answered.
    record Answered(int status, MultiMap headers, Buffer body) implements FunctionResponse {

        /// {@return a text response, as the activator sends it on its own behalf}
        public static Answered of(int status, String text) {
            return new Answered(
                    status, MultiMap.caseInsensitiveMultiMap().set("content-type", "text/plain"), Buffer.buffer(text));
        }
    }

    /// No HTTP response arrived.
    sealed interface NoAnswer extends FunctionResponse {

        /// {@return the cause, for logs}
        String reason();
    }

    /// Nothing was sent: the connection was refused, or the event cannot be an HTTP request.
    record Unreachable(String reason) implements NoAnswer {}

    /// The connection broke after the request was sent, or may have been sent.
    record Broken(String reason) implements NoAnswer {}

    /// No response arrived in time: the connection is closed, and the function may still be working.
    record TimedOut(String reason) implements NoAnswer {}
}
