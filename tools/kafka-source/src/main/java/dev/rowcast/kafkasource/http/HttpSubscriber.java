package dev.rowcast.kafkasource.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Posts to one address over persistent HTTP/1.1 connections.
public final class HttpSubscriber implements EventSubscriber {

    private final HttpClient client;
    private final String host;
    private final int port;

    /// @param client sets the size of the connection pool; the caller closes it
    public HttpSubscriber(HttpClient client, String host, int port) {
        this.client = client;
        this.host = host;
        this.port = port;
    }

    @Override
    public Future<FunctionResponse> post(FunctionRequest request, Duration timeout) {
        long millis = Math.max(1, timeout.toMillis());
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(host)
                .setPort(port)
                .setURI(request.uri())
                .setConnectTimeout(millis)
                .setIdleTimeout(millis);
        return client.request(options)
                .transform(connected -> connected.succeeded()
                        ? send(connected.result(), request)
                        : Future.succeededFuture(notConnected(connected.cause())));
    }

    private static Future<FunctionResponse> send(HttpClientRequest out, FunctionRequest request) {
        out.headers().setAll(request.headers());
        Future<HttpClientResponse> sent =
                request.body().isPresent() ? out.send(request.body().get()) : out.send();
        return sent.compose(in -> in.body()
                        .<FunctionResponse>map(
                                body -> new FunctionResponse.Answered(in.statusCode(), in.headers(), body)))
                .otherwise(HttpSubscriber::noAnswer);
    }

    private static FunctionResponse notConnected(Throwable cause) {
        return cause instanceof ConnectException ? new FunctionResponse.Unreachable(text(cause)) : noAnswer(cause);
    }

    private static FunctionResponse noAnswer(Throwable cause) {
        return cause instanceof TimeoutException
                ? new FunctionResponse.TimedOut(text(cause))
                : new FunctionResponse.Broken(text(cause));
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
