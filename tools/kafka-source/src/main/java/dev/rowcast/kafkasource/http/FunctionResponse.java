package dev.rowcast.kafkasource.http;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// How one request ended.
public sealed interface FunctionResponse {

    /// Whether it is worth another try.
    default boolean isRetryable() {
        return switch (this) {
            case Answered answered -> RetryPolicy.isRetryable(answered.status());
            case Unreachable nobody -> true;
            case Broken broken -> true;
            case TimedOut late -> true;
        };
    }

    /// Whether it ends the delivery well.
    default boolean isSuccess() {
        return this instanceof Answered answered && RetryPolicy.isSuccess(answered.status());
    }

    /// The function, or the activator in its place, answered.
    record Answered(int status, MultiMap headers, Buffer body) implements FunctionResponse {

        /// An answer that the activator gives by itself.
        public static Answered of(int status, String text) {
            return new Answered(
                    status, MultiMap.caseInsensitiveMultiMap().set("content-type", "text/plain"), Buffer.buffer(text));
        }
    }

    /// There was nobody to send it to: nothing was sent.
    record Unreachable(String reason) implements FunctionResponse {}

    /// It was sent, or may have been, and no answer came: the connection broke.
    record Broken(String reason) implements FunctionResponse {}

    /// No answer within the time that the sender grants; the connection is closed, the function may still work on it.
    record TimedOut(String reason) implements FunctionResponse {}
}
