package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.testkit.manifest.KnativeServiceManifest.Liveness;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Plans for [ToyFunction], and requests to it.
final class ToyPlan {

    static final Duration NEVER = Duration.ofHours(1);
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Optional<Liveness> LIVENESS =
            Optional.of(new Liveness("/live", Duration.ofMillis(100), Duration.ofMillis(500), 3));

    private ToyPlan() {}

    static ServicePlan.Scale scale(int concurrency, Duration idle, Duration grace) {
        return new ServicePlan.Scale(concurrency, false, idle, grace, PATIENCE);
    }

    static ServicePlan of(Path folder, Map<String, String> environment, ServicePlan.Scale scale) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                ToyFunction.class.getName());
        return new ServicePlan(
                "toy", () -> command, folder, environment, scale, "/ready", LIVENESS, folder.resolve("toy.log"));
    }

    /// Posts a request that the function takes `workMillis` to answer.
    static Future<FunctionResponse> post(Activator activator, int workMillis) {
        FunctionRequest request = new FunctionRequest(
                HttpMethod.POST,
                "/",
                MultiMap.caseInsensitiveMultiMap(),
                Optional.of(Buffer.buffer(Integer.toString(workMillis))));
        return activator.post(request, PATIENCE);
    }

    static FunctionResponse await(Future<FunctionResponse> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    static int status(FunctionResponse answer) {
        return answer instanceof FunctionResponse.Answered answered ? answered.status() : 0;
    }

    static String text(FunctionResponse answer) {
        return answer instanceof FunctionResponse.Answered answered
                ? answered.body().toString()
                : answer.toString();
    }
}
