package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Promise;
import java.time.Duration;

/// A request without an answer yet.
///
/// @param arrived  time of its arrival, by {@link System#nanoTime}
/// @param deadline time at which its sender gives up, by the same clock
record PendingRequest(FunctionRequest request, long arrived, long deadline, Promise<FunctionResponse> answer) {

    static PendingRequest of(FunctionRequest request, Duration timeout) {
        long now = System.nanoTime();
        return new PendingRequest(request, now, now + timeout.toNanos(), Promise.promise());
    }

    Duration remaining() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    boolean isLate() {
        return System.nanoTime() - deadline >= 0;
    }

    boolean waitsLongerThan(Duration time) {
        return System.nanoTime() - arrived >= time.toNanos();
    }
}
