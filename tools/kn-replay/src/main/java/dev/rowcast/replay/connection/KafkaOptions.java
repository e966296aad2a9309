package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/// How to reach Kafka, and a local run.
public final class KafkaOptions {

    private static final String SERVERS = "bootstrap.servers";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LARGEST_FETCH = 8 * 1024 * 1024;
    private static final int LARGEST_RECORD = 32 * 1024 * 1024;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "Where Kafka is; several divided by commas. Default: $$KN_REPLAY_KAFKA, the client properties, "
                            + "or the local run.",
            defaultValue = "${env:KN_REPLAY_KAFKA}")
    private String servers;

    @Option(
            names = "--client-properties",
            paramLabel = "FILE",
            description = "Properties of a Kafka client, such as those of TLS and SASL.")
    private Path clientProperties;

    @Option(
            names = "--local",
            description = "Take every address from the `make run` of this checkout: Kafka, Postgres and the functions.")
    private boolean local;

    @Option(
            names = "--addresses",
            paramLabel = "FILE",
            description = "The same, of the run whose addresses.json this is.")
    private Path addresses;

    /// Whether the Kafka of the local run was asked who it is.
    private boolean known;

    /// The local run that is meant; empty when none is.
    public Optional<LocalRun> localRun() {
        if (addresses != null) {
            return Optional.of(LocalRun.read(addresses));
        }
        return local ? Optional.of(LocalRun.find()) : Optional.empty();
    }

    /// A consumer without a group: it leaves no trace. It holds at most a few megabytes.
    ///
    /// @param mostRecords that one poll returns
    public Consumer<byte[], byte[]> consumer(int mostRecords) {
        Map<String, Object> settings = settings();
        settings.put("max.poll.records", mostRecords);
        settings.put("fetch.max.bytes", LARGEST_FETCH);
        settings.put("max.partition.fetch.bytes", LARGEST_FETCH / 8);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException wrongSettings) {
            throw misuse(wrongSettings);
        }
    }

    /// A producer that counts nothing as written until every replica has it.
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        settings.put("max.block.ms", PATIENCE_MILLIS);
        settings.put("delivery.timeout.ms", PATIENCE_MILLIS);
        settings.put("max.request.size", LARGEST_RECORD);
        settings.put("linger.ms", 0);
        try {
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException wrongSettings) {
            throw misuse(wrongSettings);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", "kn-replay");
        settings.put("request.timeout.ms", PATIENCE_MILLIS / 2);
        fromFile(settings);
        settings.put("default.api.timeout.ms", PATIENCE_MILLIS);
        if (servers != null) {
            settings.put(SERVERS, servers);
        } else if (!settings.containsKey(SERVERS)) {
            localRun().ifPresent(run -> {
                settings.put(SERVERS, run.kafka());
                requireOwn(run, settings);
            });
        }
        if (!settings.containsKey(SERVERS)) {
            throw new UsageException("where is Kafka? Give --kafka HOST:PORT, --client-properties FILE, or --local");
        }
        return settings;
    }

    /// Makes sure that what listens at the address is the Kafka of the run. One that does not answer is left to the
    /// command, which says so.
    private void requireOwn(LocalRun run, Map<String, Object> settings) {
        if (known) {
            return;
        }
        try (Admin admin = Admin.create(settings)) {
            String found = admin.describeCluster().clusterId().get();
            if (!run.kafkaCluster().equals(found)) {
                throw new UnreachableException("the Kafka at " + run.kafka() + " is not the one of " + run.file() + ": it is "
                        + found + ", not " + run.kafkaCluster());
            }
            known = true;
        } catch (ExecutionException silent) {
            known = false;
        } catch (KafkaException wrongSettings) {
            throw misuse(wrongSettings);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while Kafka was asked who it is");
        }
    }

    private void fromFile(Map<String, Object> settings) {
        if (clientProperties == null) {
            return;
        }
        try (Reader reader = Files.newBufferedReader(clientProperties)) {
            Properties properties = new Properties();
            properties.load(reader);
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        } catch (IOException unreadable) {
            throw new UsageException("the client properties " + clientProperties + " cannot be read");
        }
    }

    private static UsageException misuse(KafkaException wrongSettings) {
        Throwable cause = wrongSettings.getCause() == null ? wrongSettings : wrongSettings.getCause();
        return new UsageException("the settings of Kafka's client are wrong: " + cause.getMessage());
    }
}
