package dev.rowcast.local.knative.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the sink refuses before it asks Kafka. `LostLetterIT` tests it with a real Kafka.
@Timeout(60)
class DeadLetterSinkTest {

    private static final int NOBODY = 1;

    private final Vertx vertx = Vertx.vertx();
    private final DeadLetterSink sink =
            new DeadLetterSink(vertx, "127.0.0.1:" + NOBODY, "t", DeadLetterSink.KNATIVE_LIMIT, line -> {});

    @AfterEach
    void close() {
        sink.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void requestWithoutAnEventIsRefused() throws Exception {
        assertThat(status(HttpMethod.POST, event().remove("ce-type"))).isEqualTo(400);
    }

    @Test
    void onlyPostsAreRead() throws Exception {
        assertThat(status(HttpMethod.PUT, event())).isEqualTo(405);
    }

    @Test
    void headersOfMoreThan8KibAreRefused() throws Exception {
        assertThat(status(HttpMethod.POST, event().set("ce-key", "k".repeat(8 * 1024))))
                .isEqualTo(431);
    }

    private static MultiMap event() {
        return MultiMap.caseInsensitiveMultiMap()
                .set("ce-specversion", "1.0")
                .set("ce-id", "partition:0/offset:0")
                .set("ce-type", "dev.knative.kafka.event")
                .set("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/toy#t");
    }

    private int status(HttpMethod method, MultiMap headers) throws ExecutionException, InterruptedException {
        FunctionResponse response = sink.address()
                .post(new FunctionRequest(method, "/", headers, Optional.empty()), Duration.ofSeconds(30))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        assertThat(response).isInstanceOf(FunctionResponse.Answered.class);
        return ((FunctionResponse.Answered) response).status();
    }
}
