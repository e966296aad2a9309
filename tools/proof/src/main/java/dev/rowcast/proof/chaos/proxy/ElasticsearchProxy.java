package dev.rowcast.proof.chaos.proxy;

import dev.rowcast.local.knative.serving.Route;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// An HTTP proxy for Elasticsearch that answers some requests itself: without forwarding them, after
/// Elasticsearch has executed them, or for some documents of a bulk request.
public final class ElasticsearchProxy implements AutoCloseable {

    /// A simulated failure.
    public enum Failure {
        /// The request is forwarded, the answer unchanged.
        NONE,
        /// 429; the request is not forwarded.
        BUSY,
        /// 503; the request is not forwarded.
        UNAVAILABLE,
        /// 503, although Elasticsearch has executed the request.
        FORGETFUL,
        /// 429 for some documents of a bulk request, although Elasticsearch has stored them.
        PARTLY_BUSY
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(50));
    private final SplittableRandom random;
    private final int target;
    private HttpServer server;
    private volatile Failure failure = Failure.NONE;
    private volatile double share;

    private ElasticsearchProxy(int target, long seed) {
        this.target = target;
        this.random = new SplittableRandom(seed);
    }

    /// Starts a proxy.
    ///
    /// @param target port of Elasticsearch on 127.0.0.1
    public static ElasticsearchProxy to(int target, long seed) {
        ElasticsearchProxy proxy = new ElasticsearchProxy(target, seed);
        proxy.server = proxy.vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(proxy::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    /// {@return the port that it listens on}
    public int port() {
        return server.actualPort();
    }

    /// Sets the simulated failure.
    ///
    /// @param newShare share of the requests that fail, 0 to 1
    public void setFailure(Failure newFailure, double newShare) {
        share = newShare;
        failure = newFailure;
    }

    private void handle(HttpServerRequest in) {
        Failure now = random.nextDouble() < share ? failure : Failure.NONE;
        Future<Buffer> body = in.body();
        switch (now) {
            case NONE -> pass(in, body, answer -> answer);
            case BUSY -> body.onSuccess(read -> refuse(in, 429));
            case UNAVAILABLE -> body.onSuccess(read -> refuse(in, 503));
            case FORGETFUL -> pass(in, body, answer -> new Answer(503, answer.headers(), Buffer.buffer("{}")));
            case PARTLY_BUSY -> pass(in, body, this::refuseSome);
        }
    }

    private record Answer(int status, MultiMap headers, Buffer body) {}

    private void pass(HttpServerRequest in, Future<Buffer> body, UnaryOperator<Answer> change) {
        RequestOptions options = new RequestOptions()
                .setMethod(in.method())
                .setHost("127.0.0.1")
                .setPort(target)
                .setURI(in.uri());
        body.compose(read -> client.request(options).compose(out -> {
                    out.headers().setAll(Route.endToEnd(in.headers()));
                    return out.send(read);
                }))
                .compose(back -> back.body().map(read -> new Answer(back.statusCode(), back.headers(), read)))
                .onSuccess(answer -> answer(in, change.apply(answer)))
                // As if Elasticsearch itself had stopped.
                .onFailure(broken -> in.connection().close());
    }

    private static void answer(HttpServerRequest in, Answer answer) {
        in.response().setStatusCode(answer.status());
        in.response().headers().setAll(Route.endToEnd(answer.headers()));
        in.response().end(answer.body());
    }

    private static void refuse(HttpServerRequest in, int status) {
        in.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("X-elastic-product", "Elasticsearch")
                .end("{\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"chaos\"},\"status\":"
                        + status + "}");
    }

    private Answer refuseSome(Answer answer) {
        return new Answer(answer.status(), answer.headers(), BulkRejections.refusingSome(answer.body(), random));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
