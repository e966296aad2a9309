package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/// The options that say how to reach Kafka, or a local run. The client properties may take a value from a file
/// of a mounted secret, through the client's own provider, which the client finds by its name.
@RegisterForReflection(targets = DirectoryConfigProvider.class)
public final class KafkaOptions {

    private static final String SERVERS = "bootstrap.servers";
    private static final int RECORDS_PER_POLL = 500;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_FETCH_BYTES = 8 * 1024 * 1024;
    private static final int MAX_RECORD_BYTES = 32 * 1024 * 1024;

    @Option(
            names = "--kafka",
            order = 1,
            paramLabel = "HOST:PORT",
            description = "Kafka's addresses. Default: $$KN_REPLAY_KAFKA, the client properties, or the local run.",
            defaultValue = "${env:KN_REPLAY_KAFKA}")
    private String servers;

    @Option(
            names = "--client-properties",
            order = 1,
            paramLabel = "FILE",
            description = "Settings of a Kafka client. Default: $$KN_REPLAY_CLIENT_PROPERTIES.",
            defaultValue = "${env:KN_REPLAY_CLIENT_PROPERTIES}")
    private Path clientProperties;

    @Option(names = "--local", order = 1, description = "Use the addresses of `make run` in this checkout.")
    private boolean local;

    @Option(names = "--addresses", order = 1, paramLabel = "FILE", description = "Use this addresses.json of a run.")
    private Path addresses;

    /// {@return the local run that the options select, if any}
    public Optional<LocalRun> localRun() {
        return addresses != null
                ? Optional.of(LocalRun.read(addresses))
                : local ? Optional.of(LocalRun.find()) : Optional.empty();
    }

    /// {@return a consumer as below, for records that are not kept in memory}
    public Consumer<byte[], byte[]> consumer() {
        return consumer(RECORDS_PER_POLL);
    }

    /// {@return a consumer that belongs to no group, commits nothing and holds at most a few megabytes}
    ///
    /// @param maxRecords that one poll returns
    public Consumer<byte[], byte[]> consumer(int maxRecords) {
        Map<String, Object> settings = settings();
        settings.put("max.poll.records", maxRecords);
        settings.put("fetch.max.bytes", MAX_FETCH_BYTES);
        settings.put("max.partition.fetch.bytes", MAX_FETCH_BYTES / 8);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        return client(() -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /// {@return a producer whose writes are complete when every replica has them}
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("delivery.timeout.ms", TIMEOUT_MILLIS);
        settings.put("max.request.size", MAX_RECORD_BYTES);
        settings.put("linger.ms", 0);
        return client(() -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private static <T> T client(Supplier<T> open) {
        try {
            return open.get();
        } catch (KafkaException wrongSettings) {
            Throwable cause = Objects.requireNonNullElse(wrongSettings.getCause(), wrongSettings);
            throw new UsageException("the settings of the Kafka client are wrong: " + cause.getMessage());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", "kn-replay");
        settings.put("request.timeout.ms", TIMEOUT_MILLIS / 2);
        if (clientProperties != null) {
            addClientProperties(settings);
        }
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        if (servers != null) {
            settings.put(SERVERS, servers);
        } else if (!settings.containsKey(SERVERS)) {
            LocalRun run = localRun()
                    .orElseThrow(() -> new UsageException(
                            "where is Kafka? Give --kafka HOST:PORT, --client-properties FILE, or --local"));
            settings.put(SERVERS, run.kafka());
            requireOwnKafka(run, settings);
        }
        return settings;
    }

    /// Checks that the server at the address is the Kafka of the run.
    private static void requireOwnKafka(LocalRun run, Map<String, Object> settings) {
        try (Admin admin = client(() -> Admin.create(settings))) {
            String found = admin.describeCluster().clusterId().get();
            if (!run.kafkaCluster().equals(found)) {
                throw new UnreachableException("the Kafka at " + run.kafka() + " is not the one of " + run.file()
                        + ": it is " + found + ", not " + run.kafkaCluster());
            }
        } catch (ExecutionException noAnswer) {
            // The command itself reports it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while the identity of Kafka was checked");
        }
    }

    private void addClientProperties(Map<String, Object> settings) {
        try (Reader reader = Files.newBufferedReader(clientProperties)) {
            Properties properties = new Properties();
            properties.load(reader);
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        } catch (IOException unreadable) {
            throw new UsageException("the client properties " + clientProperties + " cannot be read");
        }
    }
}
