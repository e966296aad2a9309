package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.DeadLetterRecord;
import dev.rowcast.local.thread.StopSignal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The dead letter sink: a topic, written in binary CloudEvent mode.
///
/// Knative's own dispatcher posts to the KafkaSink over HTTP and, after all retries, drops the event and
/// commits its offset. This one retries until Kafka takes the event, because a development tool must not
/// lose what it shows.
public final class DeadLetterSink implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int LARGEST_RECORD = 32 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Consumer<String> log;

    /// @param topic the topic of the KafkaSink
    /// @param log   receives a line for each failure
    public DeadLetterSink(String bootstrapServers, String topic, Consumer<String> log) {
        this.producer = new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", bootstrapServers),
                        Map.entry("acks", "all"),
                        Map.entry("max.block.ms", 10_000),
                        Map.entry("request.timeout.ms", 5_000),
                        Map.entry("delivery.timeout.ms", 10_000),
                        Map.entry("max.request.size", LARGEST_RECORD)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.log = log;
    }

    /// Writes one event; returns when the broker has stored it.
    ///
    /// @return false when the source is stopping and the event is not written
    boolean write(CloudEvent event, StopSignal stop) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!stop.isRequested()) {
            try {
                producer.send(DeadLetterRecord.of(event, topic)).get();
                return true;
            } catch (ExecutionException | KafkaException notTaken) {
                log.accept("dead letter topic " + topic + " does not take event "
                        + event.attributes().get("id") + ", retrying: " + notTaken.getMessage());
            }
            stop.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
        return false;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
