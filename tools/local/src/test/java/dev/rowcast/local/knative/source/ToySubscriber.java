package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// An HTTP server that records its requests and answers as a test defines.
final class ToySubscriber implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(200));
    private final HttpServer server;
    private final List<Got> all = new CopyOnWriteArrayList<>();

    /// A received request.
    ///
    /// @param headers by name, in the received spelling
    record Got(Map<String, String> headers, Buffer body, HttpServerRequest request, long nanos) {

        String key() {
            return headers.getOrDefault("ce-key", "");
        }

        long offset() {
            return Long.parseLong(headers.get("ce-knativekafkaoffset"));
        }

        void answer(int status) {
            request.response().setStatusCode(status).end();
        }
    }

    ToySubscriber(Consumer<Got> behaviour) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, String> headers = new TreeMap<>();
                    request.headers().forEach((name, value) -> headers.put(name, value));
                    Got got = new Got(headers, body, request, System.nanoTime());
                    all.add(got);
                    behaviour.accept(got);
                }));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    HttpSubscriber address() {
        return new HttpSubscriber(client, "127.0.0.1", server.actualPort());
    }

    int port() {
        return server.actualPort();
    }

    List<Got> all() {
        return List.copyOf(all);
    }

    List<Got> of(String key) {
        return all.stream().filter(got -> got.key().equals(key)).toList();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
