package dev.rowcast.local.run;

import dev.rowcast.local.run.RunSettings.Choice;
import dev.rowcast.local.thread.PeriodicTask;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Connect;
import dev.rowcast.testkit.station.Elasticsearch;
import dev.rowcast.testkit.station.Kafka;
import dev.rowcast.testkit.station.Postgres;
import dev.rowcast.testkit.station.Station;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The real stations of a run, with the schema, topics, index templates and connectors of the manifests.
///
/// @param connect runs Debezium
public record Stations(Postgres postgres, Kafka kafka, Connect connect, Elasticsearch elasticsearch)
        implements AutoCloseable {

    private static final Duration RESTART_INTERVAL = Duration.ofSeconds(3);

    /// Creates the stations without starting them.
    ///
    /// @param folder folder of their data
    static Stations in(Path folder, RunSettings.Ports ports, Manifests manifests, ProgressLog progress) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            Postgres postgres = Postgres.in(folder.resolve("postgres"), port("Postgres", ports.postgres(), progress));
            opened.add(postgres);
            Kafka kafka = Kafka.in(folder.resolve("kafka"), port("Kafka", ports.kafka(), progress));
            opened.add(kafka);
            Elasticsearch elasticsearch = Elasticsearch.in(
                    folder.resolve("elasticsearch"), port("Elasticsearch", ports.elasticsearch(), progress));
            opened.add(elasticsearch);
            Connect connect = Connect.in(
                    folder.resolve("connect"),
                    port("Kafka Connect", ports.connect(), progress),
                    kafka.address(),
                    manifests.connect());
            return new Stations(postgres, kafka, connect, elasticsearch);
        } catch (RuntimeException failure) {
            closeAll(opened, failure);
            throw failure;
        }
    }

    /// The chosen port; 0 when another program uses it and the user did not require it.
    ///
    /// @throws StationFailure when another program uses a required port
    public static int port(String station, Choice choice, ProgressLog progress) {
        if (choice.port() == 0 || isFree(choice.port())) {
            return choice.port();
        }
        if (choice.required()) {
            throw new StationFailure("Port " + choice.port() + " for " + station
                    + " is taken by another program; choose another one, or 0 for any");
        }
        progress.line("Port " + choice.port() + " is taken by another program: " + station + " gets a free one");
        return 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /// Starts the stations in parallel as far as their dependencies allow, and returns when
    /// the connectors run.
    ///
    /// @param schemas SQL files to apply after the schema
    /// @throws StationFailure when a station cannot be started
    void start(Manifests manifests, List<Path> schemas, ProgressLog progress) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> tables = threads.submit(() -> progress.step("Postgres is up, its schema applied", () -> {
                postgres.start();
                postgres.applySchema();
                schemas.forEach(postgres::apply);
            }));
            Future<?> topics = threads.submit(() -> progress.step("Kafka is up, its topics created", () -> {
                kafka.start();
                kafka.createTopics(manifests.topics());
            }));
            await(topics);
            // Before the worker starts, because it starts the stored connectors at once, and they read the address of
            // Postgres only when they start.
            connect.secrets(Map.of(
                    "postgres.port", Integer.toString(postgres.port()),
                    "postgres.user", "connector",
                    "postgres.password", postgres.password("connector")));
            Future<?> worker = threads.submit(() -> progress.step("Kafka Connect is up", connect::start));
            Future<?> indices = threads.submit(() -> progress.step("Elasticsearch is up, its templates stored", () -> {
                elasticsearch.start();
                elasticsearch.putTemplates(manifests.indexTemplates());
            }));
            await(tables);
            await(worker);
            for (KafkaConnectorManifest connector : manifests.connectors()) {
                progress.step("Debezium reads the WAL: connector " + connector.name(), () -> configure(connector));
            }
            await(indices);
        }
    }

    /// Configures a connector with the addresses of this run, and returns when it runs.
    ///
    /// @throws StationFailure when Connect refuses the configuration, or the connector fails
    public void configure(KafkaConnectorManifest connector) {
        connect.configure(connector, connectorOverrides());
        connect.awaitRunning(connector.name());
    }

    /// Restarts failed connectors, as Strimzi does for a manifest with `autoRestart`: a connector fails when
    /// Postgres is down for long, and does not restart by itself.
    AutoCloseable restartFailed(List<KafkaConnectorManifest> connectors) {
        return PeriodicTask.every(
                RESTART_INTERVAL,
                "auto-restart",
                () -> connectors.forEach(connector -> restartFailed(connector.name())))::cancel;
    }

    private void restartFailed(String connector) {
        try {
            if (connect.running()) {
                connect.restartFailed(connector);
            }
        } catch (UncheckedIOException | StationFailure notNow) {
            // The worker is starting or stopping; the next attempt follows soon.
        }
    }

    private Map<String, String> connectorOverrides() {
        return Map.ofEntries(
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", connect.secret("postgres.port")),
                Map.entry("database.dbname", Postgres.DATABASE),
                Map.entry("database.user", connect.secret("postgres.user")),
                Map.entry("database.password", connect.secret("postgres.password")),
                Map.entry("database.sslmode", "disable"),
                Map.entry("database.sslrootcert", ""));
    }

    private static void await(Future<?> step) {
        try {
            step.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new StationFailure("The start failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("The start was interrupted", interrupted);
        }
    }

    /// All stations, in the order of the path.
    public List<Station> all() {
        return List.of(postgres, kafka, connect, elasticsearch);
    }

    /// Stops the stations, each after those that depend on it.
    @Override
    public void close() {
        RuntimeException failures = new StationFailure("Some stations did not stop");
        closeAll(List.of(postgres, kafka, elasticsearch, connect), failures);
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private static void closeAll(List<? extends AutoCloseable> stations, RuntimeException failures) {
        for (AutoCloseable station : stations.reversed()) {
            try {
                station.close();
            } catch (Exception failure) {
                failures.addSuppressed(failure);
            }
        }
    }
}
