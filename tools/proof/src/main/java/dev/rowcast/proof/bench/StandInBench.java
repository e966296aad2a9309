package dev.rowcast.proof.bench;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Optional;
import java.util.function.Consumer;

/// Measures the stand-in for Knative alone: it posts the same records to a function in this process that
/// only waits 5 ms.
final class StandInBench {

    private static final long WAIT_MILLIS = 5;

    private StandInBench() {}

    /// {@return events per second}
    ///
    /// @param plan reads the topic with another group
    /// @param events minimum number of events in the topic
    static double eventsPerSecond(SourcePlan plan, String kafka, long events) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                    .requestHandler(request -> request.body()
                            .onSuccess(body -> vertx.setTimer(
                                    WAIT_MILLIS,
                                    _ -> request.response().setStatusCode(204).end())))
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            HttpSubscriber subscriber = new HttpSubscriber(
                    vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(100)),
                    "127.0.0.1",
                    server.actualPort());
            return measure(plan, kafka, subscriber, events);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static double measure(SourcePlan plan, String kafka, HttpSubscriber subscriber, long events)
            throws InterruptedException {
        Consumer<String> lines = System.err::println;
        try (Dispatcher dispatcher =
                new Dispatcher(plan, kafka, subscriber, Optional.empty(), lines, Dispatcher.IN_FLIGHT)) {
            dispatcher.start();
            while (dispatcher.counts().delivered() == 0) {
                Thread.sleep(1);
            }
            long begun = System.nanoTime();
            long before = dispatcher.counts().delivered();
            while (dispatcher.counts().delivered() < events) {
                Thread.sleep(5);
            }
            return (dispatcher.counts().delivered() - before) * 1e9 / (System.nanoTime() - begun);
        }
    }
}
