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
final class HttpProbe {

    private final HttpClient client;
    private final FunctionRequest probe;
    private final Duration timeout;

    HttpProbe(HttpClient client, String path, Duration timeout) {
        this.client = client;
        this.probe = new FunctionRequest(HttpMethod.GET, path, MultiMap.caseInsensitiveMultiMap(), Optional.empty());
        this.timeout = timeout;
    }

    /// True if the process answers with 2xx in time. Never fails.
    Future<Boolean> of(FunctionProcess process) {
        return new HttpSubscriber(client, "127.0.0.1", process.port())
                .post(probe, timeout)
                .map(answer -> answer instanceof FunctionResponse.Answered answered && answered.status() / 100 == 2);
    }
}
