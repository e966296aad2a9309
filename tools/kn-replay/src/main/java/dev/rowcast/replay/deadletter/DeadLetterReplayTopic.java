package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.read.Selection;
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

/// The compacted topic that remembers which letters were sent again, by `TOPIC/PARTITION/OFFSET` of the letter.
///
/// @param name of this topic
/// @param letters name of the topic that the letters lie in
public record DeadLetterReplayTopic(String name, String letters) {

    private static final JsonMapper JSON = new JsonMapper();

    /// What became of each letter, by the last record of it.
    ///
    /// @throws UsageException when there is no such topic
    public Map<DeadLetterId, DeadLetterReplay> read(Consumer<byte[], byte[]> consumer) {
        Map<DeadLetterId, DeadLetterReplay> known = new HashMap<>();
        TopicReader reader;
        try {
            reader = new TopicReader(consumer, name, new Selection().spans(consumer, name));
        } catch (UsageException missing) {
            throw new UsageException(
                    missing.getMessage() + ", which remembers what was sent again; strimzi/topics.yaml declares it");
        }
        while (reader.hasMore()) {
            reader.poll()
                    .forEach(record ->
                            id(record).ifPresent(letter -> sent(record).ifPresent(sent -> known.put(letter, sent))));
        }
        return known;
    }

    /// Remembers, and returns when Kafka has it.
    ///
    /// @throws UnreachableException when Kafka does not take it
    public void write(Producer<byte[], byte[]> producer, DeadLetterId letter, DeadLetterReplay sent) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(
                            name,
                            (letters + "/" + letter).getBytes(UTF_8),
                            OutputOption.line(sent.document()).getBytes(UTF_8)))
                    .get();
        } catch (ExecutionException | KafkaException notTaken) {
            throw new UnreachableException(
                    "letter " + letter + " was sent (" + sent.summary() + "), and topic " + name
                            + " does not take the record of it",
                    notTaken);
        }
    }

    private Optional<DeadLetterId> id(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            return key.startsWith(letters + "/")
                    ? Optional.of(DeadLetterId.of(key.substring(letters.length() + 1)))
                    : Optional.empty();
        } catch (UsageException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<DeadLetterReplay> sent(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(DeadLetterReplay.of(JSON.readTree(record.value())));
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
