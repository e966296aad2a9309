package dev.rowcast.local.knative.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouteTest {

    private final Vertx vertx = Vertx.vertx();
    private Route route;

    @BeforeEach
    void open() {
        route = Route.open(vertx, (request, timeout) -> Future.succeededFuture(echo(request)), Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        route.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void requestWithExpectContinueIsForwardedWithItsBody() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(route.address())
                            .expectContinue(true)
                            .POST(BodyPublishers.ofString("body"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("body without expect");
        }
    }

    private static FunctionResponse echo(FunctionRequest request) {
        String expect = request.headers().contains("expect") ? " with expect" : " without expect";
        return FunctionResponse.Answered.of(200, request.body().orElseGet(Buffer::buffer) + expect);
    }
}
