package dev.rowcast.proof.bench;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Events of a function's topics, and copies of them with later positions.
final class RecordedEvents {

    private static final Pattern LSN = Pattern.compile("\"lsn\":(\\d+)");
    private static final Pattern COMMIT = Pattern.compile("\"sequence\":\"\\[(?:null|\\\\\"(\\d+)\\\\\")");
    private static final long ROUND = 1L << 40;
    private static final Duration POLL = Duration.ofSeconds(5);

    private RecordedEvents() {}

    /// {@return the first events of rows in the topics of a source, at most `most`}
    static List<CloudEvent> of(KafkaSourceManifest source, String kafka, int most) {
        PollReader reader = new PollReader(source.namespace(), source.name(), Map.of());
        List<CloudEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = source.topics().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<PolledRecord> polled = reader.read(consumer.poll(POLL));
            while (!polled.isEmpty() && events.size() < most) {
                for (PolledRecord received : polled) {
                    if (received instanceof PolledRecord.Deliverable deliverable
                            && text(deliverable.event()).contains("\"lsn\":")) {
                        events.add(deliverable.event());
                    }
                }
                polled = reader.read(consumer.poll(POLL));
            }
        }
        return events.subList(0, Math.min(most, events.size()));
    }

    /// {@return the change with a position that is higher by so many rounds}
    static CloudEvent later(CloudEvent event, int rounds) {
        String laterCommit = COMMIT.matcher(text(event))
                .replaceAll(found ->
                        Matcher.quoteReplacement("\"sequence\":\"[\\\"" + raised(found.group(1), rounds) + "\\\""));
        String raised = LSN.matcher(laterCommit).replaceAll(found -> "\"lsn\":" + raised(found.group(1), rounds));
        return new CloudEvent(event.attributes(), event.contentType(), Optional.of(Buffer.buffer(raised)));
    }

    /// @param lsn null before the first commit
    private static long raised(String lsn, int rounds) {
        return (lsn == null ? 0 : Long.parseLong(lsn)) + rounds * ROUND;
    }

    private static String text(CloudEvent event) {
        return event.data().map(Buffer::toString).orElse("");
    }
}
