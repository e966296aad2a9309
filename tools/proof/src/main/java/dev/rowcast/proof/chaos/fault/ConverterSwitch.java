package dev.rowcast.proof.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.proof.audit.KafkaRecords;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.poison.PoisonProducer;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import dev.rowcast.proof.chaos.watch.Violations;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Configures a wrong converter of the connector under load and corrects it; then an operator executes the
/// steps of docs/cluster.md. The records of the meantime stay unreadable.
///
/// Until the operator acts the fault may cost [#MOST_LETTERS] dead letters. The records that the operator
/// lets pass become dead letters, and no row may be wrong in the end.
///
/// @param poison receives the records that stay unreadable
/// @param violations receives what must not happen
public record ConverterSwitch(ChaosSystem chaos, PoisonProducer poison, Violations violations) {

    /// Limit of dead letters of all functions, from the switch until the operator acts.
    public static final int MOST_LETTERS = 100;

    private static final String CONNECTOR = "churn";
    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    /// Switches the converter twice, and returns when the operator has executed every step.
    void run() throws InterruptedException {
        KafkaConnectorManifest right = chaos.system().manifests().connectors().stream()
                .filter(connector -> connector.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        List<String> topics = List.of(chaos.sourceTopic(), chaos.capturedTopic());
        List<String> sinks = chaos.deadLetterTopics();
        try (CommittedOffsets offsets = new CommittedOffsets(chaos.kafka())) {
            Map<TopicPartition, Long> from = ends(offsets, topics);
            Map<TopicPartition, Long> lettersBefore = ends(offsets, sinks);
            configure(wrong(right));
            Map<TopicPartition, Long> switchedBack;
            try {
                awaitRecord("the connector wrote no unreadable record", offsets, from, ConverterSwitch::isUnreadable);
                Thread.sleep(LASTS);
                switchedBack = ends(offsets, topics);
            } finally {
                configure(right);
            }
            Map<TopicPartition, Long> repaired = awaitRecord(
                    "the connector wrote no readable record again",
                    offsets,
                    switchedBack,
                    record -> isOfConnector(record) && isJson(record.value()));
            Set<RecordId> unreadable = KafkaRecords.between(chaos.kafka(), from, repaired).stream()
                    .filter(ConverterSwitch::isUnreadable)
                    .map(RecordId::of)
                    .collect(Collectors.toSet());
            poison.addUnreadable(unreadable);
            long cost = KafkaRecords.between(chaos.kafka(), lettersBefore, ends(offsets, sinks)).stream()
                    .filter(letter -> RecordId.ofDeadLetter(letter)
                            .filter(unreadable::contains)
                            .isPresent())
                    .count();
            if (cost > MOST_LETTERS) {
                violations.lost("wrong converter: " + cost + " dead letters before the operator acted");
            }
            new RecoverySteps(chaos).execute(repaired, offsets);
        } catch (Retry.TimedOut stuck) {
            violations.lost("wrong converter: " + stuck.getMessage());
        }
    }

    /// Connect reports a connector as running while the task with the previous settings still writes, so
    /// only the records show the change. The old task ends before the new one starts: its records are
    /// before those of the new one. Each try writes a row, because the load may pause.
    ///
    /// @return the ends of the topics when such a record was found
    private Map<TopicPartition, Long> awaitRecord(
            String problem,
            CommittedOffsets offsets,
            Map<TopicPartition, Long> since,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted)
            throws InterruptedException, Retry.TimedOut {
        List<String> topics =
                since.keySet().stream().map(TopicPartition::topic).distinct().toList();
        return Retry.until(problem, () -> {
            Map<TopicPartition, Long> now = offsets.ends(topics);
            if (KafkaRecords.between(chaos.kafka(), since, now).stream().noneMatch(wanted)) {
                chaos.write("SWITCH", 1);
                throw new IOException("no such record");
            }
            return now;
        });
    }

    private static Map<TopicPartition, Long> ends(CommittedOffsets offsets, List<String> topics)
            throws InterruptedException, Retry.TimedOut {
        return Retry.until("Kafka does not answer with the ends of topics", () -> offsets.ends(topics));
    }

    /// Another fault may stop the connector at the same time; then it is configured again.
    private void configure(KafkaConnectorManifest connector) throws InterruptedException, Retry.TimedOut {
        Retry.until("connector " + connector.name() + " does not run", () -> {
            try {
                chaos.system().stations().configure(connector);
                return true;
            } catch (StationFailure failure) {
                throw new IOException(failure);
            }
        });
    }

    private static KafkaConnectorManifest wrong(KafkaConnectorManifest right) {
        Map<String, String> config = new HashMap<>(right.config());
        config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        return new KafkaConnectorManifest(right.name(), right.connectorClass(), right.tasksMax(), config);
    }

    private static boolean isUnreadable(ConsumerRecord<byte[], byte[]> record) {
        return isOfConnector(record) && !isJson(record.value());
    }

    /// Excludes poison, which the connector does not write, and tombstones, which have no value to convert.
    private static boolean isOfConnector(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && !new String(record.key(), UTF_8).startsWith(Poison.KEY);
    }

    private static boolean isJson(byte[] value) {
        try {
            JSON.readTree(value);
            return true;
        } catch (IOException noJson) {
            return false;
        }
    }
}
