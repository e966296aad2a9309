package dev.rowcast.proof.system;

import static dev.rowcast.proof.audit.KafkaRecords.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.proof.audit.KafkaRecords;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;

/// The dead letters of a running system since a point in time. They can be replayed.
final class ReceivedDeadLetters {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private final String kafka;
    private final String topic;
    private final int before;

    private ReceivedDeadLetters(LocalSystem system) {
        this.kafka = system.stations().kafka().address();
        this.topic = system.manifests().sinks().getFirst().topic();
        this.before = KafkaRecords.all(kafka, topic).size();
    }

    /// {@return the dead letters that the system writes after this call}
    static ReceivedDeadLetters fromNowOn(LocalSystem system) {
        return new ReceivedDeadLetters(system);
    }

    /// A dead letter.
    ///
    /// @param function that rejected the event
    /// @param origin topic of the event
    /// @param id of the event, unique in its topic
    /// @param reason of the function; empty when all tries failed
    /// @param status of the last answer
    /// @param message of the function; empty when it gave none
    record DeadLetter(
            String function,
            String origin,
            String id,
            String reason,
            String status,
            String message,
            ConsumerRecord<byte[], byte[]> event) {

        static DeadLetter of(ConsumerRecord<byte[], byte[]> event) {
            String source = header(event, "ce_source");
            return new DeadLetter(
                    header(event, "ce_rowcastfunction"),
                    source.substring(source.indexOf('#') + 1),
                    header(event, "ce_id"),
                    header(event, "ce_rowcastreason"),
                    header(event, "ce_knativeerrorcode"),
                    header(event, "ce_rowcastmessage"),
                    event);
        }

        /// {@return a line such as `predictor ROW-1 422 feature-missing: table …`}
        @Override
        public String toString() {
            String customer = key().replaceFirst("\\{\"customerid\":\"(.*)\"}", "$1");
            return function + " " + customer + " " + status + " " + reason + ": " + message;
        }

        /// {@return everything that stays the same when the event is replayed and rejected again}
        private String content() {
            return this + " " + origin + " " + id + " " + key() + " " + new String(event.value(), UTF_8);
        }

        private String key() {
            return new String(event.key(), UTF_8);
        }
    }

    /// {@return all dead letters, the oldest first}
    List<DeadLetter> all() {
        return KafkaRecords.all(kafka, topic).stream()
                .skip(before)
                .map(DeadLetter::of)
                .toList();
    }

    /// Waits for so many dead letters.
    List<DeadLetter> await(int count) {
        return Awaitility.await().atMost(TIMEOUT).until(this::all, letters -> letters.size() >= count);
    }

    /// Waits for a dead letter that contains all of these texts.
    void await(String... texts) {
        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(all())
                        .extracting(DeadLetter::toString)
                        .anySatisfy(letter -> assertThat(letter).contains(texts)));
    }

    /// Sends each event again, once, and waits until those with bytes that cannot be processed are dead
    /// letters again: for the same reason, with the same bytes, with the same id, and no others.
    void replay() throws ExecutionException, InterruptedException {
        List<DeadLetter> letters = all();
        List<String> rejected = letters.stream()
                .filter(letter -> !letter.reason().isEmpty())
                .map(DeadLetter::content)
                .toList();
        Set<String> sent = new HashSet<>();
        RecordSender.send(
                kafka,
                letters.stream()
                        .filter(letter -> sent.add(letter.origin() + letter.id()))
                        .map(ReceivedDeadLetters::original));
        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(all().stream().skip(letters.size()))
                        .extracting(DeadLetter::content)
                        .containsExactlyInAnyOrderElementsOf(rejected));
    }

    /// {@return the record as it was in its topic, without the headers of the failed delivery}
    private static ProducerRecord<byte[], byte[]> original(DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : letter.event().headers()) {
            if (!header.key().matches("ce_(knativeerror|rowcast).*")) {
                headers.add(header);
            }
        }
        return new ProducerRecord<>(
                letter.origin(), null, letter.event().key(), letter.event().value(), headers);
    }
}
