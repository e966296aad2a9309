package dev.rowcast.proof.chaos.poison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.fight.RateLimiter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes poison events to the source topic and keeps their offsets. It continues after an outage of Kafka.
public final class PoisonProducer implements AutoCloseable {

    private static final List<Poison> KINDS = List.of(Poison.values());
    private static final int KEYS = 100;
    private static final int TIMEOUT_MILLIS = 900_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final ModelContract contract;
    private final String topic;
    private final SplittableRandom random;
    private final RateLimiter limiter = new RateLimiter();
    private final Map<RecordId, Poison> injected = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("poison").unstarted(this::run);
    private long lsn;

    /// Creates a producer with rate 0.
    ///
    /// @param topic of the source table's changes
    public PoisonProducer(String kafka, String topic, ModelContract contract, long seed) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka,
                "acks", "all",
                "max.block.ms", TIMEOUT_MILLIS,
                "delivery.timeout.ms", TIMEOUT_MILLIS,
                "request.timeout.ms", 10_000);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.contract = contract;
        this.random = new SplittableRandom(seed);
        thread.start();
    }

    /// Sets the rate; 0 to pause.
    public void setRate(double perSecond) {
        limiter.setRate(perSecond);
    }

    /// Sets the rate to 0, and returns when the last event is written.
    public void pause() throws InterruptedException {
        limiter.pause();
    }

    /// {@return the poison events since the last [#clear()]}
    public synchronized Map<RecordId, Poison> injected() {
        return Map.copyOf(injected);
    }

    /// Adds records that a fault left unreadable: they count as garbage.
    public synchronized void addUnreadable(Collection<RecordId> records) {
        records.forEach(record -> injected.putIfAbsent(record, Poison.GARBAGE));
    }

    /// Removes all events from [#injected()].
    public synchronized void clear() {
        injected.clear();
    }

    private void run() {
        try {
            while (limiter.enter(1)) {
                try {
                    Poison poison = KINDS.get(random.nextInt(KINDS.size()));
                    byte[] key = poison.key(random.nextInt(KEYS));
                    add(
                            producer.send(new ProducerRecord<>(topic, key, poison.spoil(event(key))))
                                    .get(),
                            poison);
                } finally {
                    limiter.leave();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException lost) {
            throw new IllegalStateException("Kafka accepted no poison for " + TIMEOUT_MILLIS / 1000 + " s", lost);
        }
    }

    private synchronized void add(RecordMetadata at, Poison poison) {
        injected.put(new RecordId(topic, at.partition(), at.offset()), poison);
    }

    /// {@return a valid insert with a position far below every real one}
    private ObjectNode event(byte[] key) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("op", "c").put("ts_ms", System.currentTimeMillis()).putNull("before");
        event.putObject("source")
                .put("schema", contract.source().schema())
                .put("table", contract.source().table())
                .put("ts_ms", System.currentTimeMillis())
                .put("lsn", ++lsn)
                .put("sequence", "[null,\"" + lsn + "\"]");
        ObjectNode after = event.putObject("after");
        after.put(contract.source().key().getFirst(), new String(key, StandardCharsets.UTF_8));
        for (Feature feature : contract.features()) {
            switch (feature) {
                case Feature.Category category ->
                    after.put(category.column(), category.categories().getFirst());
                case Feature.Numeric number -> after.put(number.column(), 1);
                case Feature.Temporal time ->
                    after.put(time.column(), time.sql().isDate() ? "2024-05-01" : "2024-05-01T00:00:00Z");
            }
        }
        return event;
    }

    @Override
    public void close() {
        limiter.close();
        try {
            thread.join(1_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }
}
