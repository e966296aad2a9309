package dev.rowcast.proof.chaos.delivery;

import dev.rowcast.proof.audit.KafkaRecords;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Identifies a record of Kafka.
///
/// @param topic its topic
/// @param partition its partition
/// @param offset its offset
public record RecordId(String topic, int partition, long offset) {

    private static final Pattern ID = Pattern.compile("partition:(\\d{1,9})/offset:(\\d{1,18})");

    /// {@return the id of a consumed record}
    public static RecordId of(ConsumerRecord<?, ?> record) {
        return new RecordId(record.topic(), record.partition(), record.offset());
    }

    /// {@return the record that a dead letter is about; empty when it was a CloudEvent with an id of
    /// its own}
    public static Optional<RecordId> ofDeadLetter(ConsumerRecord<?, ?> letter) {
        return of(KafkaRecords.header(letter, "ce_source"), KafkaRecords.header(letter, "ce_id"));
    }

    /// @param source such as `/apis/v1/namespaces/NS/kafkasources/NAME#TOPIC`
    /// @param id such as `partition:0/offset:7`
    private static Optional<RecordId> of(String source, String id) {
        Matcher matcher = ID.matcher(id);
        int topic = source.lastIndexOf('#');
        return topic < 0 || !matcher.matches()
                ? Optional.empty()
                : Optional.of(new RecordId(
                        source.substring(topic + 1),
                        Integer.parseInt(matcher.group(1)),
                        Long.parseLong(matcher.group(2))));
    }

    /// {@return the record that a request was made of; empty when it is a CloudEvent with an id of its own}
    static Optional<RecordId> of(MultiMap headers) {
        return of(
                Optional.ofNullable(headers.get("ce-source")).orElse(""),
                Optional.ofNullable(headers.get("ce-id")).orElse(""));
    }
}
