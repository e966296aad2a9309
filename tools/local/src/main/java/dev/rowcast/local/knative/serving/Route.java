package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// The HTTP address of one function. A request to it starts the function when that is at zero.
///
/// @param function takes the requests: an [Activator]
/// @param timeout longest time of one request, including its wait for the function
/// @param server listens on a port of 127.0.0.1
public record Route(EventSubscriber function, Duration timeout, HttpServer server) implements AutoCloseable {

    private static final List<String> HOP_BY_HOP =
            List.of("host", "connection", "keep-alive", "transfer-encoding", "content-length", "expect", "upgrade");

    /// Listens on a free port of 127.0.0.1.
    ///
    /// @param function takes the requests: an [Activator]
    /// @param timeout longest time of one request, including its wait for the function
    public static Route open(Vertx vertx, EventSubscriber function, Duration timeout) {
        HttpServer server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHandle100ContinueAutomatically(true));
        Route route = new Route(function, timeout, server);
        server.requestHandler(route::forward);
        join(server.listen());
        return route;
    }

    /// The address that it listens on.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void forward(HttpServerRequest in) {
        in.body()
                .map(body -> new FunctionRequest(
                        in.method(),
                        in.uri(),
                        endToEnd(in.headers()),
                        Optional.of(body).filter(bytes -> bytes.length() > 0)))
                .compose(request -> function.post(request, timeout))
                .onSuccess(answer -> answer(in, answer))
                .onFailure(broken -> in.connection().close());
    }

    /// {@return the headers without those of a single connection}
    public static MultiMap endToEnd(MultiMap headers) {
        MultiMap passed = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        HOP_BY_HOP.forEach(passed::remove);
        return passed;
    }

    private static void answer(HttpServerRequest in, FunctionResponse answer) {
        switch (answer) {
            case FunctionResponse.Answered answered -> {
                in.response().setStatusCode(answered.status());
                endToEnd(answered.headers())
                        .forEach((name, value) -> in.response().putHeader(name, value));
                in.response().end(answered.body());
            }
            case FunctionResponse.Unreachable unreachable -> end(in, 503, unreachable.reason());
            case FunctionResponse.Broken broken -> end(in, 502, broken.reason());
            case FunctionResponse.TimedOut late -> end(in, 504, late.reason());
        }
    }

    private static void end(HttpServerRequest in, int status, String why) {
        in.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain")
                .end(Buffer.buffer(why));
    }

    private static void join(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("the address of a function cannot be opened or closed", failed.getCause());
        }
    }

    @Override
    public void close() {
        join(server.close());
    }
}
