package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.replay.exit.UnreachableException;
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

/// The connections to those who take events. A Vert.x of its own, because Quarkus closes its one at the first sign of
/// Ctrl-C, and what is under way then should end well.
public final class SinkClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpClient plain;
    private final HttpClient secure;

    private SinkClient(Vertx vertx, HttpClient plain, HttpClient secure) {
        this.vertx = vertx;
        this.plain = plain;
        this.secure = secure;
    }

    /// As many connections as events may be under way.
    public static SinkClient open(SendOptions options) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(options.concurrency());
        HttpClientOptions secure = new HttpClientOptions().setSsl(true);
        options.authorities()
                .ifPresent(file -> secure.setTrustOptions(
                        new PemTrustOptions().addCertPath(file.toAbsolutePath().toString())));
        return new SinkClient(
                vertx, vertx.createHttpClient(new HttpClientOptions(), pool), vertx.createHttpClient(secure, pool));
    }

    /// Whoever takes events at an address.
    EventSubscriber at(URI sink) {
        return new HttpSubscriber(isSecure(sink) ? secure : plain, sink.getHost(), port(sink));
    }

    /// The request, for the path of a sink.
    static FunctionRequest to(URI sink, FunctionRequest request) {
        String path = sink.getRawPath() == null || sink.getRawPath().isEmpty() ? "/" : sink.getRawPath();
        String query = sink.getRawQuery() == null ? "" : "?" + sink.getRawQuery();
        return new FunctionRequest(request.method(), path + query, request.headers(), request.body());
    }

    /// Makes sure that somebody listens, so that a wrong address is not tried ten minutes for each event.
    ///
    /// @throws UnreachableException when nobody does
    public static void check(URI sink) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(sink.getHost(), port(sink)), PATIENCE_MILLIS);
        } catch (IOException nobody) {
            throw new UnreachableException("nobody takes events at " + sink, nobody);
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
