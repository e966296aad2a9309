package dev.rowcast.kafkasource.http;

import io.vertx.core.Future;
import java.time.Duration;

/// Whoever takes events: a function, or the activator before it.
public interface Subscriber {

    /// Sends one request.
    ///
    /// @param timeout until the answer must be there, waiting for the function's start included
    /// @return never fails: what went wrong is an {@link Answer} too
    Future<Answer> post(FunctionRequest request, Duration timeout);
}
