package dev.rowcast.proof.chaos.check;

import dev.rowcast.proof.audit.KafkaRecords;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.outcome.Reason;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/// Holds the dead letters against the poison: each poison once for each function that cannot handle it, with its
/// reason, and nothing else.
final class DeadLetterCheck {

    /// What a letter is about.
    ///
    /// @param source name of the KafkaSource that gave up
    /// @param record what it gave up
    /// @param reason the function's; empty when it gave none
    private record Letter(String source, RecordId record, String reason) {}

    /// What was found.
    ///
    /// @param letters how many there are
    /// @param lost poison that has no letter, and letters of what should not have died
    /// @param repeated letters that are there more than once
    record Result(int letters, List<String> lost, List<String> repeated) {}

    private final String kafka;

    DeadLetterCheck(String kafka) {
        this.kafka = kafka;
    }

    /// @param from where the dead letter topic's new part begins
    /// @param to where it ends
    /// @param sources that read a topic
    Result check(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Function<String, List<String>> sources,
            Map<RecordId, Poison> injected) {
        Map<Letter, Integer> found = new HashMap<>();
        int letters = 0;
        for (ConsumerRecord<byte[], byte[]> record : new KafkaRecords(kafka, from, to).read()) {
            found.merge(letter(record), 1, Integer::sum);
            letters++;
        }
        List<String> lost = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        Map<Letter, Integer> rest = new HashMap<>(found);
        injected.forEach((record, poison) -> {
            for (String source : sources.apply(record.topic())) {
                Optional<Reason> reason = poison.reasonOf(source);
                if (reason.isEmpty()) {
                    continue;
                }
                Letter letter = new Letter(source, record, reason.get().code());
                int times = Optional.ofNullable(rest.remove(letter)).orElse(0);
                if (times == 0) {
                    lost.add("dead letter " + letter + " of poison " + poison + " is missing");
                } else if (times > 1) {
                    repeated.add("dead letter " + letter + " is there " + times + " times");
                }
            }
        });
        rest.keySet()
                .forEach(letter -> lost.add("dead letter " + letter + " should not be: the event is "
                        + Optional.ofNullable(injected.get(letter.record()))
                                .map(Enum::name)
                                .orElse("no poison")));
        return new Result(letters, lost, repeated);
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        String source = header(record, "ce_source");
        RecordId id = RecordId.of(source, header(record, "ce_id")).orElse(new RecordId("?", -1, record.offset()));
        String name = source.substring(source.lastIndexOf('/') + 1).replaceAll("#.*", "");
        String reason = header(record, "ce_rowcastreason");
        return new Letter(
                name, id, reason.isEmpty() ? "(status " + header(record, "ce_knativeerrorcode") + ")" : reason);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .orElse("");
    }
}
