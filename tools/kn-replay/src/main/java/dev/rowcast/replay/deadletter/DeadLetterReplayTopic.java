package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.TopicReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// The compacted topic that records which dead letters were sent again. Its keys are
/// `TOPIC/PARTITION/OFFSET` of the dead letters.
///
/// @param name of this topic
/// @param letters name of the topic of dead letters
public record DeadLetterReplayTopic(String name, String letters) {

    private static final JsonMapper JSON = new JsonMapper();

    /// {@return the last result of each dead letter}
    ///
    /// @throws UsageException if there is no such topic
    public Map<DeadLetterId, DeadLetterReplay> read(Consumer<byte[], byte[]> consumer) {
        Map<DeadLetterId, DeadLetterReplay> replays = new HashMap<>();
        TopicReader reader;
        try {
            reader = TopicReader.ofAll(consumer, name);
        } catch (UsageException missing) {
            throw new UsageException(missing.getMessage()
                    + ", which records the dead letters that were sent again; strimzi/topics.yaml declares it");
        }
        while (reader.hasMore()) {
            reader.poll()
                    .forEach(record ->
                            id(record).ifPresent(id -> replay(record).ifPresent(replay -> replays.put(id, replay))));
        }
        return replays;
    }

    /// Writes a result, and returns when Kafka has stored it.
    ///
    /// @throws UnreachableException if Kafka does not store it
    public void write(Producer<byte[], byte[]> producer, DeadLetterId letter, DeadLetterReplay replay)
            throws InterruptedException {
        byte[] key = (letters + "/" + letter).getBytes(UTF_8);
        byte[] value = replay.document().toString().getBytes(UTF_8);
        try {
            producer.send(new ProducerRecord<>(name, key, value)).get();
        } catch (ExecutionException | KafkaException failure) {
            throw new UnreachableException(
                    "dead letter " + letter + " was sent (" + replay.summary() + "), but cannot be recorded in topic "
                            + name,
                    failure);
        }
    }

    private Optional<DeadLetterId> id(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            return key.startsWith(letters + "/")
                    ? Optional.of(DeadLetterId.of(key.substring(letters.length() + 1)))
                    : Optional.empty();
        } catch (UsageException otherKey) {
            return Optional.empty();
        }
    }

    private static Optional<DeadLetterReplay> replay(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(DeadLetterReplay.of(JSON.readTree(record.value())));
        } catch (IOException | IllegalArgumentException otherValue) {
            return Optional.empty();
        }
    }
}
