package dev.rowcast.proof.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.local.run.LocalSystem;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/// The dead letters of a running system from some time on: read as they lie in their topic, and sent again.
final class ReceivedDeadLetters {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String kafka;
    private final String topic;
    private final int before;

    private ReceivedDeadLetters(LocalSystem system) {
        this.kafka = system.stations().kafka().address();
        this.topic = system.manifests().sinks().getFirst().topic();
        this.before = RecordSender.ofTopic(kafka, topic).records().size();
    }

    /// Those that come after now.
    static ReceivedDeadLetters fromNowOn(LocalSystem system) {
        return new ReceivedDeadLetters(system);
    }

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
            String customer = key().replaceFirst("\\{\"customerid\":\"(.*)\"}", "$1");
            return function + " " + customer + " " + status + " " + reason + ": " + message;
        }

        /// All of it that stays the same when it is sent again and rejected again.
        private String content() {
            return this + " " + origin + " " + id + " " + key() + " " + new String(event.value(), UTF_8);
        }

        private String key() {
            return new String(event.key(), UTF_8);
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
        return RecordSender.ofTopic(kafka, topic).records().stream()
                .skip(before)
                .map(Letter::of)
                .toList();
    }

    /// Until one says all of this.
    void await(String... words) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all())
                        .extracting(Letter::toString)
                        .anySatisfy(letter -> assertThat(letter).contains(words)));
    }

    /// Sends each event again, once, and waits until those have come back whose own bytes cannot be handled: for the
    /// same reason, with the same bytes, under the same id, and no others.
    void replay() throws ExecutionException, InterruptedException {
        List<Letter> letters = all();
        List<String> rejected = letters.stream()
                .filter(letter -> !letter.reason().isEmpty())
                .map(Letter::content)
                .toList();
        send(letters);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all().stream().skip(letters.size()))
                        .extracting(Letter::content)
                        .containsExactlyInAnyOrderElementsOf(rejected));
    }

    /// To where they came from: bytes, key and id. What was said of their last delivery stays behind.
    private void send(List<Letter> letters) throws ExecutionException, InterruptedException {
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
