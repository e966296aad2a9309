package dev.rowcast.kafkasource.http;

import io.vertx.core.Future;
import java.time.Duration;

/// Whoever takes events: a function, or the activator before it.
public interface EventSubscriber {

    /// Sends one request.
    ///
    /// @param timeout until the answer must be there, waiting for the function's start included
    /// @return never fails: what went wrong is an {@link FunctionResponse} too
    Future<FunctionResponse> post(FunctionRequest request, Duration timeout);
}
