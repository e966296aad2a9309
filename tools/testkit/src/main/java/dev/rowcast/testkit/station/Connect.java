package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.manifest.KafkaConnectManifest;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A real Kafka Connect worker with Debezium on 127.0.0.1. Its state is in Kafka; its folder holds only
/// settings, secrets and a log.
public final class Connect extends Station {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TRACE_LINES = 12;

    private final String bootstrapServers;
    private final KafkaConnectManifest manifest;
    private final SettingsFile secrets;
    private final ConnectApi api;

    private Connect(Path folder, int port, String bootstrapServers, KafkaConnectManifest manifest) {
        super("Kafka Connect", "connect", folder, port);
        this.bootstrapServers = bootstrapServers;
        this.manifest = manifest;
        this.secrets = new SettingsFile(this.folder.resolve("secrets.properties"));
        this.api = new ConnectApi(new StationHttp(name(), address()));
    }

    /// Creates a worker without starting it.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port the port of its REST API, or 0 for any free port; it keeps the port
    /// @param bootstrapServers the address of its broker, which must run with the topics of the manifests
    /// @param manifest its group, its topics and further settings
    /// @return the station
    public static Connect in(Path folder, int port, String bootstrapServers, KafkaConnectManifest manifest) {
        return new Connect(folder, port, bootstrapServers, manifest);
    }

    /// Replaces the values to which connectors may refer. A connector reads them when it starts.
    ///
    /// @param values by key
    public void secrets(Map<String, String> values) {
        secrets.write(values);
    }

    /// {@return the reference to a secret for a connector's settings}
    ///
    /// @param key a key of [#secrets]
    public String secret(String key) {
        return "${file:" + secrets.path() + ":" + key + "}";
    }

    /// Creates a connector or updates its settings; does nothing when they are equal.
    ///
    /// @param connector the manifest
    /// @param overrides addresses and credentials
    /// @throws StationFailure when Connect refuses the settings
    public void configure(KafkaConnectorManifest connector, Map<String, String> overrides) {
        Map<String, String> config = connector.restConfig(overrides);
        repeat(
                () -> api.configure(connector.name(), config),
                () -> "did not accept connector " + connector.name() + " within " + PATIENCE.toSeconds() + " s");
    }

    /// Waits until a connector and its tasks run in this process, not in an earlier one.
    ///
    /// @throws StationFailure with the first lines of its trace when it has failed
    public void awaitRunning(String connector) {
        repeat(
                () -> runs(connector),
                () -> "did not start connector " + connector + " within " + PATIENCE.toSeconds() + " s; it is "
                        + api.status(connector));
    }

    /// Restarts the failed parts of a connector, as Strimzi does with `autoRestart`.
    public void restartFailed(String connector) {
        repeat(
                () -> api.restartFailed(connector),
                () -> "did not restart connector " + connector + " within " + PATIENCE.toSeconds() + " s");
    }

    private boolean runs(String connector) {
        Optional<ConnectorStatus> status = api.status(connector);
        // The worker's name contains its process id, because Connect keeps the status that an earlier worker reported.
        String worker = pid() + ".localhost:" + port;
        status.flatMap(known -> known.failedOn(worker)).ifPresent(failed -> {
            throw new StationFailure("Connector " + connector + " has failed: "
                    + failed.trace().lines().limit(TRACE_LINES).collect(Collectors.joining("\n")));
        });
        return status.filter(known -> known.runsOn(worker)).isPresent();
    }

    private void repeat(BooleanSupplier attempt, Supplier<String> failure) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!attempt.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new StationFailure(name() + " " + failure.get());
            }
            StationProcess.pause();
        }
    }

    /// {@return the URL of its REST API}
    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    Launch launch() {
        SettingsFile settings = new SettingsFile(folder.resolve("worker.properties"));
        settings.write(manifest.workerConfig());
        String target = "tools/testkit/kafka/target";
        return java(
                target,
                "dev.rowcast.testkit.kafka.ConnectWorker",
                List.of(
                        folder.path().toString(),
                        Integer.toString(port),
                        bootstrapServers,
                        checkout.resolve(target).resolve("plugins").toString(),
                        settings.path().toString()));
    }

    @Override
    boolean isReady() {
        return api.isReady();
    }
}
