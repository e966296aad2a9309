package dev.rowcast.proof.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import dev.rowcast.proof.audit.KafkaRecords;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.KafkaSinkManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final FaultEffects aftermath;

    ConverterSwitch(ChaosSystem chaos, FaultEffects aftermath) {
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
        try (CommittedOffsets offsets = new CommittedOffsets(kafka)) {
            Map<TopicPartition, Long> from = ends(offsets, topics);
            Map<TopicPartition, Long> lettersBefore = ends(offsets, sinks);
            configure(wrong(right));
            Map<TopicPartition, Long> spoiled;
            try {
                awaitRecord("nothing unreadable was written", kafka, offsets, from, ConverterSwitch::isUnreadable);
                Thread.sleep(LASTS);
                spoiled = ends(offsets, topics);
            } finally {
                configure(right);
            }
            Map<TopicPartition, Long> mended = awaitRecord(
                    "nothing readable was written again", kafka, offsets, spoiled, ConverterSwitch::isReadable);
            Set<RecordId> unreadable = new KafkaRecords(kafka, from, mended)
                    .read().stream()
                            .filter(ConverterSwitch::isUnreadable)
                            .map(ConverterSwitch::id)
                            .collect(Collectors.toSet());
            aftermath.unreadable(unreadable);
            long cost = new KafkaRecords(kafka, lettersBefore, ends(offsets, sinks))
                    .read().stream()
                            .filter(letter -> isAbout(letter, unreadable))
                            .count();
            if (cost > MOST_LETTERS) {
                aftermath.broken("another converter cost " + cost + " dead letters before an operator stepped in");
            }
            new RecoverySteps(chaos).getPast(mended, offsets);
        } catch (Retry.Over stuck) {
            aftermath.broken("another converter: " + stuck.getMessage());
        }
    }

    /// Connect says that a connector runs while the task with its settings of before still writes, so what is written
    /// tells. One task ends before the next begins: nothing of the former comes after a record of the latter.
    ///
    /// @return where the topics end when such a record was seen
    private static Map<TopicPartition, Long> awaitRecord(
            String otherwise,
            String kafka,
            CommittedOffsets offsets,
            Map<TopicPartition, Long> since,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted)
            throws InterruptedException, Retry.Over {
        List<String> topics =
                since.keySet().stream().map(TopicPartition::topic).distinct().toList();
        return Retry.until(otherwise, () -> {
            Map<TopicPartition, Long> now = offsets.ends(topics);
            if (new KafkaRecords(kafka, since, now).read().stream().noneMatch(wanted)) {
                throw new IOException("no such record");
            }
            return now;
        });
    }

    private static Map<TopicPartition, Long> ends(CommittedOffsets offsets, List<String> topics)
            throws InterruptedException, Retry.Over {
        return Retry.until("Kafka does not say where topics end", () -> offsets.ends(topics));
    }

    /// Another fault may make the connector fail at the same time; it is started again.
    private void configure(KafkaConnectorManifest connector) throws InterruptedException, Retry.Over {
        Retry.until("connector " + connector.name() + " does not run", () -> {
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

    private static boolean isUnreadable(ConsumerRecord<byte[], byte[]> record) {
        return isWritten(record) && !isJson(record.value());
    }

    private static boolean isReadable(ConsumerRecord<byte[], byte[]> record) {
        return isWritten(record) && isJson(record.value());
    }

    /// By the connector, which poison is not; and a tombstone tells nothing of a converter.
    private static boolean isWritten(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && !new String(record.key(), UTF_8).startsWith(Poison.KEY);
    }

    private static boolean isJson(byte[] value) {
        try {
            JSON.readTree(value);
            return true;
        } catch (JsonProcessingException noJson) {
            return false;
        } catch (IOException bytesCannotFail) {
            throw new UncheckedIOException(bytesCannotFail);
        }
    }

    private static boolean isAbout(ConsumerRecord<byte[], byte[]> letter, Set<RecordId> records) {
        return RecordId.of(header(letter, "ce_source"), header(letter, "ce_id"))
                .filter(records::contains)
                .isPresent();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(header -> new String(header.value(), UTF_8))
                .orElse("");
    }

    private static RecordId id(ConsumerRecord<byte[], byte[]> record) {
        return new RecordId(record.topic(), record.partition(), record.offset());
    }
}
