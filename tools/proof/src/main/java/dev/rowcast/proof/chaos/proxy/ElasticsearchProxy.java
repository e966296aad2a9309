package dev.rowcast.proof.chaos.proxy;

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
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Stands before Elasticsearch and answers in its place, for some requests: before it has seen them, after it has done
/// them, or for some documents of a bulk request only.
public final class ElasticsearchProxy implements AutoCloseable {

    /// What it does to a share of the requests.
    public enum Mood {
        /// Nothing.
        HONEST,
        /// 429 without asking Elasticsearch.
        BUSY,
        /// 503 without asking Elasticsearch.
        UNAVAILABLE,
        /// Elasticsearch does what it is asked, and the answer is 503 all the same.
        FORGETFUL,
        /// Some documents of a bulk request that Elasticsearch has stored are answered 429.
        PARTLY_BUSY
    }

    private static final List<String> OF_ONE_CONNECTION =
            List.of("host", "connection", "keep-alive", "transfer-encoding", "content-length");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(50));
    private final AtomicLong lies = new AtomicLong();
    private final SplittableRandom random;
    private final int target;
    private HttpServer server;
    private volatile Mood mood = Mood.HONEST;
    private volatile double share;

    private ElasticsearchProxy(int target, long seed) {
        this.target = target;
        this.random = new SplittableRandom(seed);
    }

    /// Begins to pass on.
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

    /// The port that it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Changes what it does.
    ///
    /// @param newShare of the requests that it does it to, 0 to 1
    public void become(Mood newMood, double newShare) {
        share = newShare;
        mood = newMood;
    }

    /// Requests that were not answered as Elasticsearch did or would have.
    public long lies() {
        return lies.get();
    }

    private void handle(HttpServerRequest in) {
        Mood now = random.nextDouble() < share ? mood : Mood.HONEST;
        if (now != Mood.HONEST) {
            lies.incrementAndGet();
        }
        Future<Buffer> body = in.body();
        switch (now) {
            case HONEST -> pass(in, body, answer -> answer);
            case BUSY -> body.onSuccess(read -> refuse(in, 429));
            case UNAVAILABLE -> body.onSuccess(read -> refuse(in, 503));
            case FORGETFUL -> pass(in, body, answer -> new Answer(503, answer.headers(), Buffer.buffer("{}")));
            case PARTLY_BUSY -> pass(in, body, this::refuseSome);
        }
    }

    private record Answer(int status, MultiMap headers, Buffer body) {}

    @FunctionalInterface
    private interface Twist {
        Answer of(Answer answer);
    }

    private void pass(HttpServerRequest in, Future<Buffer> body, Twist twist) {
        RequestOptions options = new RequestOptions()
                .setMethod(in.method())
                .setHost("127.0.0.1")
                .setPort(target)
                .setURI(in.uri());
        body.compose(read -> client.request(options).compose(out -> {
                    out.headers().setAll(endToEnd(in.headers()));
                    return out.send(read);
                }))
                .compose(back -> back.body().map(read -> new Answer(back.statusCode(), back.headers(), read)))
                .onSuccess(answer -> answer(in, twist.of(answer)))
                // As if Elasticsearch itself had gone.
                .onFailure(broken -> in.connection().close());
    }

    private static void answer(HttpServerRequest in, Answer answer) {
        in.response().setStatusCode(answer.status());
        in.response().headers().setAll(endToEnd(answer.headers()));
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

    private static MultiMap endToEnd(MultiMap headers) {
        MultiMap passed = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        OF_ONE_CONNECTION.forEach(passed::remove);
        return passed;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
