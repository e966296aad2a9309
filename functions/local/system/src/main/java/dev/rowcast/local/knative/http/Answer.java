package dev.rowcast.local.knative.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// How one request ended.
public sealed interface Answer {

    /// The function, or the activator in its place, answered.
    record Answered(int status, MultiMap headers, Buffer body) implements Answer {

        /// An answer that the activator gives by itself.
        public static Answered of(int status, String text) {
            return new Answered(
                    status, MultiMap.caseInsensitiveMultiMap().set("content-type", "text/plain"), Buffer.buffer(text));
        }
    }

    /// There was nobody to send it to: nothing was sent.
    record Unreachable(String reason) implements Answer {}

    /// It was sent, or may have been, and no answer came: the connection broke.
    record Broken(String reason) implements Answer {}

    /// No answer within the time that the sender grants; the connection is closed, the function may still work on it.
    record TimedOut(String reason) implements Answer {}
}
