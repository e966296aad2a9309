package dev.rowcast.kafkasource.http;

import io.vertx.core.Future;
import java.time.Duration;

/// Receives events: a function, or the activator in front of it.
public interface EventSubscriber {

    /// Sends one request.
    ///
    /// @param timeout until the response must arrive, including the start of the function
    /// @return never fails: a failure is a [FunctionResponse], too
    Future<FunctionResponse> post(FunctionRequest request, Duration timeout);
}
