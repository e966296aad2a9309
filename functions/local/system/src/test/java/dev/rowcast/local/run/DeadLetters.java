package dev.rowcast.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The dead letters of a running system: read as they lie in their topic, and sent again.
///
/// @param kafka address of Kafka
/// @param topic the dead letter topic, of one partition
record DeadLetters(String kafka, String topic) {

    /// One of them.
    ///
    /// @param function that it was for
    /// @param origin the topic that it came from
    /// @param id the event's id, which is one of its topic
    /// @param reason of the function; empty when all tries were over
    /// @param status the last answer
    /// @param message why, in words; empty when nobody said
    record Letter(
            String function,
            String origin,
            String id,
            String reason,
            String status,
            String message,
            ConsumerRecord<byte[], byte[]> event) {

        static Letter of(ConsumerRecord<byte[], byte[]> event) {
            String source = header(event, "ce_source");
            return new Letter(
                    header(event, "ce_rowcastfunction"),
                    source.substring(source.indexOf('#') + 1),
                    header(event, "ce_id"),
                    header(event, "ce_rowcastreason"),
                    header(event, "ce_knativeerrorcode"),
                    header(event, "ce_rowcastmessage"),
                    event);
        }

        /// What it says, such as `predictor ROW-1 422 feature-missing: table …`.
        @Override
        public String toString() {
            String customer = new String(event.key(), UTF_8).replaceFirst("\\{\"customerid\":\"(.*)\"}", "$1");
            return function + " " + customer + " " + status + " " + reason + ": " + message;
        }

        private static String header(ConsumerRecord<byte[], byte[]> event, String name) {
            return Optional.ofNullable(event.headers().lastHeader(name))
                    .map(Header::value)
                    .map(value -> new String(value, UTF_8))
                    .orElse("");
        }
    }

    /// All that there are, the oldest first.
    List<Letter> all() {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<Letter> letters = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> letters.add(Letter.of(event)));
            }
            return letters;
        }
    }

    /// Sends each event of these letters again to where it came from: its bytes, its key, its id. What was said of its
    /// last delivery stays behind.
    void replay(List<Letter> letters) throws ExecutionException, InterruptedException {
        Set<String> sent = new HashSet<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Letter letter : letters) {
                if (!sent.add(letter.origin() + letter.id())) {
                    continue;
                }
                RecordHeaders headers = new RecordHeaders();
                for (Header header : letter.event().headers()) {
                    if (!header.key().matches("ce_(knativeerror|rowcast).*")) {
                        headers.add(header);
                    }
                }
                producer.send(new ProducerRecord<>(
                                letter.origin(),
                                null,
                                letter.event().key(),
                                letter.event().value(),
                                headers))
                        .get();
            }
        }
    }
}
