package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// A dead letter, as its headers describe it. A header that is missing is [#UNKNOWN], so that no record
/// makes the list fail.
///
/// @param id its place in the topic
/// @param refusedAt when it was written to the topic of dead letters
/// @param reason why the function rejected the event, such as `feature-missing`; unknown if
///     all tries failed
/// @param function that the event was sent to
/// @param status HTTP status of the last response; unknown if there was none
/// @param time when the record was written to its first topic, ISO 8601
/// @param origin place of the record in its first topic, as `topic/partition/offset`
/// @param key of the record
/// @param message the reason in detail
public record DeadLetter(
        DeadLetterId id,
        Instant refusedAt,
        String reason,
        String function,
        String status,
        String time,
        String origin,
        String key,
        String message) {

    /// Stands for a value that is missing.
    public static final String UNKNOWN = "-";

    /// Orders by reason, function and status.
    public static final Comparator<DeadLetter> BY_KIND = Comparator.comparing(DeadLetter::reason)
            .thenComparing(DeadLetter::function)
            .thenComparing(DeadLetter::status);

    private static final String PLAIN_TYPE = "dev.knative.kafka.event";

    /// {@return the dead letter in a record}
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                new DeadLetterId(record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                attribute(record, "rowcastreason").orElse(UNKNOWN),
                attribute(record, "rowcastfunction")
                        .or(() -> attribute(record, "knativeerrordest").map(DeadLetter::service))
                        .orElse(UNKNOWN),
                attribute(record, "knativeerrorcode").orElse(UNKNOWN),
                attribute(record, "time").orElse(UNKNOWN),
                String.join(
                        "/",
                        topic(record),
                        attribute(record, "knativekafkapartition").orElse(UNKNOWN),
                        attribute(record, "knativekafkaoffset").orElse(UNKNOWN)),
                record.key() == null ? UNKNOWN : new String(record.key(), UTF_8),
                attribute(record, "rowcastmessage").orElse(UNKNOWN));
    }

    /// {@return the result of sending this dead letter again, and not an earlier one at the same place}
    public Optional<DeadLetterReplay> replayIn(Map<DeadLetterId, DeadLetterReplay> replays) {
        return Optional.ofNullable(replays.get(id))
                .filter(replay -> replay.refusedAt().equals(refusedAt));
    }

    /// {@return the dead letter for scripts}
    public ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("letter", id.toString())
                .put("refusedAt", refusedAt.toString())
                .put("reason", reason)
                .put("function", function)
                .put("status", status)
                .put("time", time)
                .put("origin", origin)
                .put("key", key)
                .put("message", message);
    }

    /// {@return the topic behind the last `#` of the source} A record that is a CloudEvent keeps
    /// its own source.
    private static String topic(ConsumerRecord<byte[], byte[]> record) {
        String source = attribute(record, "source").orElse(UNKNOWN);
        boolean isPlain = attribute(record, "type").filter(PLAIN_TYPE::equals).isPresent();
        return isPlain ? source.substring(source.lastIndexOf('#') + 1) : source;
    }

    /// {@return the service in an address of the cluster, `http://<service>.<namespace>.svc…`}
    private static String service(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost())
                    .map(host -> host.split("\\.", 2)[0])
                    .orElse(address);
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }

    private static Optional<String> attribute(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader("ce_" + name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .filter(value -> !value.isBlank());
    }
}
