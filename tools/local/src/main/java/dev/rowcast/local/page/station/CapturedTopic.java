package dev.rowcast.local.page.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.local.page.feed.Prediction;
import dev.rowcast.local.page.feed.StationQuery;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads new predictions from the topic of the captured table, starting with its last few records. Postgres
/// has no load from this, whatever the number of rows.
public final class CapturedTopic implements StationQuery<List<Prediction>>, AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(250);
    private static final long RECORDS_BEFORE = 10;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChangeDecoder decoder;
    private final ScoreColumns columns;
    private boolean isAssigned;

    /// @param kafka bootstrap servers
    /// @param topic topic of the captured table
    /// @param contract names the table, its key and the predicted column
    public CapturedTopic(String kafka, String topic, ModelContract contract) {
        this.topic = topic;
        this.decoder = new ChangeDecoder(
                0,
                KeyColumns.of(
                        contract.captured().schema(),
                        contract.captured().table(),
                        contract.source().key()));
        this.columns = new ScoreColumns(contract.label().name());
        this.consumer = new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", kafka),
                        Map.entry("client.id", "rowcast-page"),
                        Map.entry("allow.auto.create.topics", false),
                        Map.entry("auto.offset.reset", "latest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public synchronized List<Prediction> read() {
        if (!isAssigned) {
            assign();
        }
        List<Prediction> predictions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
            prediction(record.value()).ifPresent(predictions::add);
        }
        predictions.sort(Comparator.comparing(Prediction::storedAt));
        return predictions;
    }

    private void assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(first.get(partition), end - RECORDS_BEFORE)));
        isAssigned = true;
    }

    private Optional<Prediction> prediction(byte[] body) {
        if (body == null || !(decoder.decode(body) instanceof Step.Next<Change>(Upsert upsert))) {
            return Optional.empty();
        }
        JsonNode row = upsert.after().columns();
        try {
            return Optional.of(new Prediction(
                    upsert.key().id(),
                    columns.score(row),
                    row.path("operation").asText(),
                    Instant.parse(row.path("source_ts").asText()),
                    Instant.parse(row.path("predicted_at").asText())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
