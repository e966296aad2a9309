package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.DeadLetterRecord;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The KafkaSink of the dead letters: an HTTP server that writes each posted event to a topic.
///
/// | request | answer |
/// |---|---|
/// | an event, and Kafka stored it | 202 |
/// | an event that Kafka did not take, for example because it is larger than the producer may send | 503 |
/// | headers of more than 8 KiB, the default of this server and of Knative's | 431 |
/// | no event | 400 |
/// | not a POST | 405 |
///
/// Its producer has the settings of Knative's `config-kafka-sink-data-plane`, except that a request may take
/// longer than two seconds, as for the consumer of a source.
public final class DeadLetterSink implements AutoCloseable {

    /// Knative's default limit for a record of a KafkaSink.
    public static final int KNATIVE_LIMIT = 1024 * 1024;

    /// Size of the connection pool of Knative's dispatcher.
    private static final int CONNECTIONS = 100;

    private static final String HOST = "127.0.0.1";
    private static final String PREFIX = "ce-";
    private static final Set<String> REQUIRED = Set.of("specversion", "id", "type", "source");

    private final Vertx vertx;
    private final HttpServer server;
    private final Producer<byte[], byte[]> producer;
    private final ExecutorService writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sink-", 0).factory());
    private final String topic;
    private final Consumer<String> log;

    /// Listens on a free port of 127.0.0.1.
    ///
    /// @param topic         that the sink writes to
    /// @param largestRecord bytes of the largest record that it may send, with key and headers
    /// @param log           receives a line for each event that is not written
    public DeadLetterSink(Vertx vertx, String bootstrapServers, String topic, int largestRecord, Consumer<String> log) {
        this.vertx = vertx;
        this.topic = topic;
        this.log = log;
        this.producer = new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", bootstrapServers),
                        Map.entry("acks", "all"),
                        Map.entry("enable.idempotence", false),
                        Map.entry("max.block.ms", 60_000),
                        Map.entry("request.timeout.ms", 5_000),
                        Map.entry("delivery.timeout.ms", 120_000),
                        Map.entry("max.request.size", largestRecord)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(HOST).setPort(0))
                .requestHandler(this::receive);
        join(server.listen());
    }

    /// {@return the subscriber that posts to this sink}
    public EventSubscriber address() {
        return new HttpSubscriber(
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS)), HOST, server.actualPort());
    }

    private void receive(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            answer(request, 405);
            return;
        }
        Context context = vertx.getOrCreateContext();
        request.body()
                .onSuccess(body -> event(request.headers(), body)
                        .ifPresentOrElse(
                                event -> writers.execute(() -> {
                                    int status = write(event);
                                    context.runOnContext(_ -> answer(request, status));
                                }),
                                () -> answer(request, 400)));
    }

    private static Optional<CloudEvent> event(MultiMap headers, Buffer body) {
        Map<String, String> attributes = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String attribute = name.toLowerCase(Locale.ROOT);
            if (attribute.startsWith(PREFIX)) {
                attributes.put(attribute.substring(PREFIX.length()), value);
            }
        });
        return attributes.keySet().containsAll(REQUIRED)
                ? Optional.of(new CloudEvent(
                        attributes,
                        Optional.ofNullable(headers.get("content-type")),
                        Optional.of(body).filter(bytes -> bytes.length() > 0)))
                : Optional.empty();
    }

    /// {@return the status of the answer}
    private int write(CloudEvent event) {
        try {
            producer.send(DeadLetterRecord.of(event, topic)).get();
            return 202;
        } catch (ExecutionException | KafkaException notTaken) {
            log.accept("dead letter topic " + topic + " does not take event "
                    + event.attributes().get("source") + " "
                    + event.attributes().get("id") + ": "
                    + notTaken.getMessage());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return 503;
    }

    private static void answer(HttpServerRequest request, int status) {
        // The dispatcher closes the connection when its timeout is over.
        if (!request.response().closed()) {
            request.response().setStatusCode(status).end();
        }
    }

    private static void join(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        join(server.close());
        writers.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
