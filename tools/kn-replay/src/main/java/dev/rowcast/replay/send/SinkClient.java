package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import dev.rowcast.replay.exit.UnreachableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/// The connections to the sinks of events.
///
/// It has its own Vert.x: Quarkus closes its Vert.x at Ctrl-C, when running requests are still
/// to be completed.
///
/// @param plain for http
/// @param secure for https
public record SinkClient(Vertx vertx, HttpClient plain, HttpClient secure) implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /// {@return a client with as many connections as there are concurrent events}
    public static SinkClient open(SendOptions options) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(options.concurrency());
        HttpClientOptions secure = new HttpClientOptions().setSsl(true);
        options.authorities()
                .map(file -> file.toAbsolutePath().toString())
                .ifPresent(file -> secure.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        return new SinkClient(
                vertx, vertx.createHttpClient(new HttpClientOptions(), pool), vertx.createHttpClient(secure, pool));
    }

    /// Sends a request to the path of a sink.
    Future<FunctionResponse> post(URI sink, FunctionRequest request, Duration timeout) {
        String path = sink.getRawPath() == null || sink.getRawPath().isEmpty() ? "/" : sink.getRawPath();
        String query = sink.getRawQuery() == null ? "" : "?" + sink.getRawQuery();
        return new HttpSubscriber(isSecure(sink) ? secure : plain, sink.getHost(), port(sink))
                .post(new FunctionRequest(request.method(), path + query, request.headers(), request.body()), timeout);
    }

    /// Checks that a server listens, so that a wrong address is not tried for ten minutes with each event.
    ///
    /// @throws UnreachableException if none does
    public static void check(URI sink) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(sink.getHost(), port(sink)), CONNECT_TIMEOUT_MILLIS);
        } catch (IOException failure) {
            throw new UnreachableException("no server listens at " + sink, failure);
        }
    }

    private static boolean isSecure(URI sink) {
        return "https".equals(sink.getScheme());
    }

    private static int port(URI sink) {
        return sink.getPort() >= 0 ? sink.getPort() : isSecure(sink) ? 443 : 80;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
