package dev.rowcast.endpoint.trace;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Sends spans to a collector, once a second, beside the path: a collector that does not answer delays
/// no event. Spans are lost then, and a line says so.
final class SpanExporter {

    private static final Logger LOG = Logger.getLogger(SpanExporter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 8_192;
    private static final int MAX_REQUEST = 1_024;

    private final Vertx vertx;
    private final HttpClient client;
    private final String endpoint;
    private final OtlpJson json;
    private final long timer;
    private final Queue<Span> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean losing = new AtomicBoolean();

    private SpanExporter(Vertx vertx, String endpoint, String function) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
        this.endpoint = endpoint;
        this.json = new OtlpJson(function);
        this.timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> send());
    }

    /// @param endpoint address that receives the spans
    /// @param function its name
    static SpanExporter start(Vertx vertx, String endpoint, String function) {
        return new SpanExporter(vertx, endpoint, function);
    }

    /// Takes the spans of one delivery, if there is room for them. Never blocks.
    void add(List<Span> spans) {
        if (size.addAndGet(spans.size()) > MAX_WAITING) {
            size.addAndGet(-spans.size());
            lost("more than " + MAX_WAITING + " spans wait");
            return;
        }
        waiting.addAll(spans);
    }

    private Future<?> send() {
        List<Span> spans = new ArrayList<>();
        while (spans.size() < MAX_REQUEST && waiting.peek() != null) {
            spans.add(waiting.remove());
        }
        if (spans.isEmpty()) {
            return Future.succeededFuture();
        }
        size.addAndGet(-spans.size());
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint)
                .setTimeout(PATIENCE.toMillis())
                .putHeader("Content-Type", "application/json");
        Future<?> sent = client.request(request)
                .compose(open -> open.send(Buffer.buffer(json.of(spans))))
                .compose(this::accepted)
                .onFailure(failure -> lost(failure.toString()));
        return size.get() >= MAX_REQUEST ? Future.join(sent, send()) : sent;
    }

    private Future<Void> accepted(HttpClientResponse answer) {
        if (answer.statusCode() / 100 != 2) {
            return Future.failedFuture("answered " + answer.statusCode());
        }
        losing.set(false);
        return answer.end();
    }

    private void lost(String why) {
        if (losing.compareAndSet(false, true)) {
            LOG.warnf("Spans are lost, and no event: %s: %s", endpoint, why);
        }
    }

    /// Sends what waits, for two seconds at most.
    void close() {
        vertx.cancelTimer(timer);
        try {
            Future<?> sent = send();
            sent.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException lost) {
            LOG.debugf("The last spans are lost: %s", lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
