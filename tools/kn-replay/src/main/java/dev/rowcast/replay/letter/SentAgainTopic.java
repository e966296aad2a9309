package dev.rowcast.replay.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.Unreachable;
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
public record SentAgainTopic(String name, String letters) {

    private static final JsonMapper JSON = new JsonMapper();

    /// What became of each letter, by the last record of it.
    ///
    /// @throws Misuse when there is no such topic
    public Map<LetterId, SentAgain> read(Consumer<byte[], byte[]> consumer) {
        Map<LetterId, SentAgain> known = new HashMap<>();
        TopicReader reader;
        try {
            reader = new TopicReader(consumer, name, new Selection().spans(consumer, name));
        } catch (Misuse missing) {
            throw new Misuse(
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
    /// @throws Unreachable when Kafka does not take it
    public void write(Producer<byte[], byte[]> producer, LetterId letter, SentAgain sent) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(
                            name,
                            (letters + "/" + letter).getBytes(UTF_8),
                            OutputOption.line(sent.document()).getBytes(UTF_8)))
                    .get();
        } catch (ExecutionException | KafkaException notTaken) {
            throw new Unreachable(
                    "letter " + letter + " was sent (" + sent.summary() + "), and topic " + name
                            + " does not take the record of it",
                    notTaken);
        }
    }

    private Optional<LetterId> id(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            return key.startsWith(letters + "/")
                    ? Optional.of(LetterId.of(key.substring(letters.length() + 1)))
                    : Optional.empty();
        } catch (Misuse notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<SentAgain> sent(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(SentAgain.of(JSON.readTree(record.value())));
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
