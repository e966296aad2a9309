package dev.rowcast.local.chaos.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.chaos.ChaosSystem;
import dev.rowcast.local.chaos.delivery.RecordId;
import dev.rowcast.local.chaos.verdict.Offsets;
import dev.rowcast.local.chaos.verdict.TopicRange;
import dev.rowcast.local.manifest.KafkaConnectorManifest;
import dev.rowcast.local.manifest.KafkaSinkManifest;
import dev.rowcast.local.process.StationFailure;
import dev.rowcast.model.ModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Somebody changes the connector's converter under load, and changes it back; then an operator does what
/// docs/cluster.md says. What was written meanwhile can never be read.
///
/// While the fault lasts it may cost [#MOST_LETTERS] dead letters. What the operator lets go afterwards becomes dead
/// letters, and no row may be wrong in the end.
public final class ConverterSwitch {

    /// Dead letters of all functions together, from the change until the operator steps in.
    public static final int MOST_LETTERS = 100;

    private static final String CONNECTOR = "churn";
    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final ChaosSystem chaos;
    private final Aftermath aftermath;

    ConverterSwitch(ChaosSystem chaos, Aftermath aftermath) {
        this.chaos = chaos;
        this.aftermath = aftermath;
    }

    /// Switches there and back, and returns when the operator has done every step.
    void strike() throws InterruptedException {
        KafkaConnectorManifest right = chaos.system().manifests().connectors().stream()
                .filter(connector -> connector.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        String kafka = chaos.system().stations().kafka().address();
        ModelContract contract = chaos.system().contract();
        List<String> topics = List.of(
                "churn." + contract.source().schema() + "." + contract.source().table(),
                "churn." + contract.captured().schema() + "."
                        + contract.captured().table());
        List<String> sinks = chaos.system().manifests().sinks().stream()
                .map(KafkaSinkManifest::topic)
                .toList();
        try (Offsets offsets = new Offsets(kafka)) {
            Map<TopicPartition, Long> from =
                    Patience.until("Kafka does not say where topics end", () -> offsets.ends(topics));
            Map<TopicPartition, Long> lettersBefore =
                    Patience.until("Kafka does not say where topics end", () -> offsets.ends(sinks));
            configure(wrong(right));
            try {
                Thread.sleep(LASTS);
            } finally {
                configure(right);
            }
            Map<TopicPartition, Long> to =
                    Patience.until("Kafka does not say where topics end", () -> offsets.ends(topics));
            Map<TopicPartition, Long> letters =
                    Patience.until("Kafka does not say where topics end", () -> offsets.ends(sinks));
            long cost = sum(letters) - sum(lettersBefore);
            if (cost > MOST_LETTERS) {
                aftermath.broken("another converter cost " + cost + " dead letters before an operator stepped in");
            }
            aftermath.unreadable(new TopicRange(kafka, from, to)
                    .read().stream()
                            .filter(ConverterSwitch::isUnreadable)
                            .map(ConverterSwitch::id)
                            .toList());
            new Operator(chaos).getPast(to, offsets);
        } catch (Patience.Over stuck) {
            aftermath.broken("another converter: " + stuck.getMessage());
        }
    }

    /// Another fault may make the connector fail at the same time; it is started again.
    private void configure(KafkaConnectorManifest connector) throws InterruptedException, Patience.Over {
        Patience.until("connector " + connector.name() + " does not run", () -> {
            try {
                chaos.system().stations().configure(connector);
                return true;
            } catch (StationFailure notNow) {
                throw new IOException(notNow);
            }
        });
    }

    private static KafkaConnectorManifest wrong(KafkaConnectorManifest right) {
        Map<String, String> config = new HashMap<>(right.config());
        config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        return new KafkaConnectorManifest(right.name(), right.connectorClass(), right.tasksMax(), config);
    }

    /// A tombstone has nothing that could be unreadable.
    private static boolean isUnreadable(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return false;
        }
        try {
            JSON.readTree(record.value());
            return false;
        } catch (JsonProcessingException noJson) {
            return true;
        } catch (IOException bytesCannotFail) {
            throw new UncheckedIOException(bytesCannotFail);
        }
    }

    private static RecordId id(ConsumerRecord<byte[], byte[]> record) {
        return new RecordId(record.topic(), record.partition(), record.offset());
    }

    private static long sum(Map<TopicPartition, Long> ends) {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }
}
