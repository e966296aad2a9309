package dev.rowcast.proof.chaos.poison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.delivery.RecordId;
import java.nio.charset.StandardCharsets;
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

/// Puts poison straight into the source topic, and remembers where each lies. It writes on through outages of Kafka.
public final class PoisonProducer implements AutoCloseable {

    private static final List<Poison> KINDS = List.of(Poison.values());
    private static final int KEYS = 100;
    private static final int PATIENCE_MILLIS = 900_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final ModelContract contract;
    private final String topic;
    private final SplittableRandom random;
    private final Map<RecordId, Poison> injected = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("poison").unstarted(this::run);
    private double rate;
    private boolean writing;
    private boolean closed;
    private long lsn;

    /// Rests until it is given a rate.
    ///
    /// @param topic of the source table's changes
    public PoisonProducer(String kafka, String topic, ModelContract contract, long seed) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "acks",
                        "all",
                        "max.block.ms",
                        PATIENCE_MILLIS,
                        "delivery.timeout.ms",
                        PATIENCE_MILLIS,
                        "request.timeout.ms",
                        10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.contract = contract;
        this.random = new SplittableRandom(seed);
        thread.start();
    }

    /// Goes on at this rate; 0 to rest.
    public synchronized void setRate(double perSecond) {
        rate = perSecond;
        notifyAll();
    }

    /// Rests, and returns when nothing is being written any more.
    public synchronized void rest() throws InterruptedException {
        rate = 0;
        while (writing) {
            wait();
        }
    }

    /// All poison since the last [#forget()].
    public synchronized Map<RecordId, Poison> injected() {
        return Map.copyOf(injected);
    }

    /// Forgets what was injected.
    public synchronized void forget() {
        injected.clear();
    }

    private void run() {
        try {
            while (awaitTurn()) {
                Poison poison = KINDS.get(random.nextInt(KINDS.size()));
                byte[] key = poison.key(random.nextInt(KEYS));
                RecordMetadata at = producer.send(new ProducerRecord<>(topic, key, poison.spoil(event(key))))
                        .get();
                done(new RecordId(topic, at.partition(), at.offset()), poison);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException lost) {
            throw new IllegalStateException("Kafka took no poison for " + PATIENCE_MILLIS / 1000 + " s", lost);
        }
    }

    private synchronized boolean awaitTurn() throws InterruptedException {
        long last = System.nanoTime();
        long left = 1;
        while (!closed && left > 0) {
            if (rate == 0) {
                wait();
                continue;
            }
            left = Math.round(1000 / rate) - (System.nanoTime() - last) / 1_000_000;
            if (left > 0) {
                wait(left);
            }
        }
        writing = !closed;
        return !closed;
    }

    private synchronized void done(RecordId at, Poison poison) {
        injected.put(at, poison);
        writing = false;
        notifyAll();
    }

    /// A change that would be good: an insert far below every real position.
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
                    after.put(category.name(), category.categories().getFirst());
                case Feature.Numeric number -> after.put(number.name(), 1);
            }
        }
        return event;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(1_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
