package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.DeadLetterRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The KafkaSink that takes dead letters: a topic, written in binary CloudEvent mode.
///
/// The real dispatcher posts to the sink over HTTP and, when the sink does not take the event after all retries,
/// drops the event and commits its offset. This one writes until Kafka takes it: a development tool should not lose
/// what it is meant to show.
public final class DeadLetterTopic implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int LARGEST_RECORD = 32 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Consumer<String> log;

    /// @param topic of the KafkaSink
    /// @param log   takes a line for people
    public DeadLetterTopic(String bootstrapServers, String topic, Consumer<String> log) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "max.block.ms",
                        10_000,
                        "request.timeout.ms",
                        5_000,
                        "delivery.timeout.ms",
                        10_000,
                        "max.request.size",
                        LARGEST_RECORD),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.log = log;
    }

    /// Writes one event; returns when the broker has it.
    ///
    /// @return false when it is not written because the source is stopping
    boolean write(CloudEvent event, StopSignal stop) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!stop.isRequested()) {
            try {
                producer.send(DeadLetterRecord.of(event, topic)).get();
                return true;
            } catch (ExecutionException | KafkaException notTaken) {
                log.accept("dead letter topic " + topic + " does not take event "
                        + event.attributes().get("id") + ", trying on: " + notTaken.getMessage());
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
