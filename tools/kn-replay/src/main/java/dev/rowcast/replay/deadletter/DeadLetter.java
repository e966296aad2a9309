package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// What one dead letter says of itself in its headers. What it does not say is [#UNSAID]: nothing that lies in the
/// topic makes the list fail.
///
/// @param id where it lies
/// @param refusedAt when it was written there
/// @param reason why the function rejected it, such as `feature-missing`; unsaid when no function did: its tries were
///     over
/// @param function the function that it was for
/// @param status HTTP status of the last answer; unsaid when there was none
/// @param time when the record was written to the topic that it came from, ISO 8601
/// @param origin where it came from, as `topic/partition/offset`
/// @param key key of its record
/// @param message the reason in the function's words
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

    public static final String UNSAID = "-";

    /// By reason, function and status.
    public static final Comparator<DeadLetter> BY_KIND =
            Comparator.comparing(DeadLetter::reason).thenComparing(DeadLetter::function).thenComparing(DeadLetter::status);

    private static final String PLAIN_TYPE = "dev.knative.kafka.event";

    /// Reads a record of a topic of dead letters.
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                new DeadLetterId(record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                attribute(record, "rowcastreason").orElse(UNSAID),
                attribute(record, "rowcastfunction")
                        .or(() -> attribute(record, "knativeerrordest").map(DeadLetter::service))
                        .orElse(UNSAID),
                attribute(record, "knativeerrorcode").orElse(UNSAID),
                attribute(record, "time").orElse(UNSAID),
                topic(record)
                        + "/" + attribute(record, "knativekafkapartition").orElse(UNSAID)
                        + "/" + attribute(record, "knativekafkaoffset").orElse(UNSAID),
                record.key() == null ? UNSAID : new String(record.key(), UTF_8),
                attribute(record, "rowcastmessage").orElse(UNSAID));
    }

    /// For scripts.
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

    /// KafkaSource names the topic behind the last `#` of `source`, unless the record was a CloudEvent by itself.
    private static String topic(ConsumerRecord<byte[], byte[]> record) {
        String source = attribute(record, "source").orElse(UNSAID);
        boolean plain = attribute(record, "type").filter(PLAIN_TYPE::equals).isPresent();
        return plain ? source.substring(source.lastIndexOf('#') + 1) : source;
    }

    /// The service in an address of the cluster, `http://<service>.<namespace>.svc…`.
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
