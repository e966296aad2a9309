package dev.rowcast.proof.chaos.check;

import static dev.rowcast.proof.audit.KafkaRecords.header;

import dev.rowcast.outcome.Reason;
import dev.rowcast.proof.audit.KafkaRecords;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Compares the dead letters with the poison: there must be one for each poison event and each function
/// that rejects it, with the right reason, and no other.
///
/// @param letters number of dead letters
/// @param lost poison without dead letter, and dead letters of other events
/// @param repeated duplicate dead letters
record DeadLetterCheck(int letters, List<String> lost, List<String> repeated) {

    /// A dead letter.
    ///
    /// @param source name of the KafkaSource that gave up
    /// @param record of the event
    /// @param reason of the function; the status when it gave none
    private record DeadLetter(String source, RecordId record, String reason) {}

    /// @param from ends of the dead letter topics before the run
    /// @param to ends after the run
    static DeadLetterCheck of(
            ChaosSystem chaos,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Map<RecordId, Poison> injected) {
        List<ConsumerRecord<byte[], byte[]>> records = KafkaRecords.between(chaos.kafka(), from, to);
        Map<DeadLetter, Integer> found = new HashMap<>();
        records.forEach(record -> found.merge(letter(record), 1, Integer::sum));
        List<String> lost = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        injected.forEach((record, poison) -> {
            for (String source : chaos.sourcesOf(record.topic())) {
                Optional<Reason> reason = poison.reasonOf(source);
                if (reason.isEmpty()) {
                    continue;
                }
                DeadLetter letter = new DeadLetter(source, record, reason.get().code());
                int times = Optional.ofNullable(found.remove(letter)).orElse(0);
                if (times == 0) {
                    lost.add("dead letter " + letter + " of poison " + poison + " is missing");
                } else if (times > 1) {
                    repeated.add("dead letter " + letter + " exists " + times + " times");
                }
            }
        });
        found.keySet()
                .forEach(letter -> lost.add("dead letter " + letter + " is wrong: the event is "
                        + Optional.ofNullable(injected.get(letter.record()))
                                .map(Enum::name)
                                .orElse("no poison")));
        return new DeadLetterCheck(records.size(), lost, repeated);
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        String source = header(record, "ce_source");
        String reason = header(record, "ce_rowcastreason");
        return new DeadLetter(
                source.substring(source.lastIndexOf('/') + 1).replaceAll("#.*", ""),
                RecordId.ofDeadLetter(record).orElse(new RecordId("?", -1, record.offset())),
                reason.isEmpty() ? "(status " + header(record, "ce_knativeerrorcode") + ")" : reason);
    }
}
