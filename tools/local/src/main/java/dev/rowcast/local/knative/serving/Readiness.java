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

/// The readiness probe of a function.
final class Readiness {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client;
    private final FunctionRequest probe;

    Readiness(HttpClient client, String path) {
        this.client = client;
        this.probe = new FunctionRequest(HttpMethod.GET, path, MultiMap.caseInsensitiveMultiMap(), Optional.empty());
    }

    /// True if the process answers with 2xx. Never fails.
    Future<Boolean> of(FunctionProcess process) {
        return new HttpSubscriber(client, "127.0.0.1", process.port())
                .post(probe, TIMEOUT)
                .map(answer -> answer instanceof FunctionResponse.Answered answered && answered.status() / 100 == 2);
    }
}
