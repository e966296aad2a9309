package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;

/// A readiness or liveness probe of a function.
///
/// @param path that answers with 2xx when all is well
/// @param timeout of one attempt
record HttpProbe(HttpClient client, String path, Duration timeout) {

    /// True if the process answers with 2xx in time. Never fails.
    Future<Boolean> of(FunctionProcess process) {
        FunctionRequest probe =
                new FunctionRequest(HttpMethod.GET, path, MultiMap.caseInsensitiveMultiMap(), Optional.empty());
        return new HttpSubscriber(client, "127.0.0.1", process.port())
                .post(probe, timeout)
                .map(answer -> answer instanceof FunctionResponse.Answered answered && answered.status() / 100 == 2);
    }
}
