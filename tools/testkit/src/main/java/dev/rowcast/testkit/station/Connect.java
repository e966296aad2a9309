package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.DataFolder;
import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.manifest.KafkaConnectManifest;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.JavaProgram;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
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

/// A real Kafka Connect worker on 127.0.0.1, with Debezium. What it remembers is in Kafka: its folder holds nothing
/// but settings, secrets and a log.
public final class Connect extends Station {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TRACE_LINES = 12;

    private final DataFolder folder;
    private final int port;
    private final String bootstrapServers;
    private final KafkaConnectManifest manifest;
    private final Checkout checkout;
    private final SettingsFile secrets;
    private final ConnectApi api;

    private Connect(
            DataFolder folder, int port, String bootstrapServers, KafkaConnectManifest manifest, Checkout checkout) {
        super("Kafka Connect");
        this.folder = folder;
        this.port = Port.choose(port);
        this.bootstrapServers = bootstrapServers;
        this.manifest = manifest;
        this.checkout = checkout;
        this.secrets = new SettingsFile(folder.resolve("secrets.properties"));
        this.api = new ConnectApi(address());
    }

    /// A worker that is not started yet.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param port the port of its REST interface, or 0 for any free one, which it then keeps
    /// @param bootstrapServers the address of its broker, which must run when it starts, with the manifests' topics
    /// @param manifest its group, its topics and further settings
    /// @return the station
    public static Connect in(Path folder, int port, String bootstrapServers, KafkaConnectManifest manifest) {
        return new Connect(DataFolder.open(folder), port, bootstrapServers, manifest, Checkout.find());
    }

    /// Keeps values that connectors may refer to and nobody else may read, in place of those it kept before. A
    /// connector reads them when it starts.
    ///
    /// @param values by key
    public void secrets(Map<String, String> values) {
        secrets.write(values);
    }

    /// {@return what stands for a secret in a connector's settings}
    ///
    /// @param key a key of [#secrets]
    public String secret(String key) {
        return "${file:" + secrets.path() + ":" + key + "}";
    }

    /// Creates a connector, or gives it the settings that it lacks; nothing when it has them.
    ///
    /// @param connector as the manifest has it
    /// @param overrides addresses and credentials
    /// @throws StationFailure when Connect refuses the settings
    public void configure(KafkaConnectorManifest connector, Map<String, String> overrides) {
        Map<String, String> config = connector.restConfig(overrides);
        repeat(
                () -> api.configure(connector.name(), config),
                () -> "did not take connector " + connector.name() + " within " + PATIENCE.toSeconds() + " s");
    }

    /// Waits until a connector and its tasks run in this process, not in one before it.
    ///
    /// @throws StationFailure with the first lines of its trace when it has failed
    public void awaitRunning(String connector) {
        repeat(
                () -> runs(connector),
                () -> "did not start connector " + connector + " within " + PATIENCE.toSeconds() + " s; it is "
                        + api.status(connector));
    }

    /// Starts again what has failed of a connector, as Strimzi does with `autoRestart`; nothing when nothing has.
    public void restartFailed(String connector) {
        repeat(
                () -> api.restartFailed(connector),
                () -> "did not restart connector " + connector + " within " + PATIENCE.toSeconds() + " s");
    }

    private boolean runs(String connector) {
        Optional<ConnectorStatus> status = api.status(connector);
        // The process names itself after its id, because what Connect last said of a connector outlives the worker.
        String worker = pid() + ".localhost:" + port;
        status.flatMap(known -> known.failedOn(worker)).ifPresent(failed -> {
            throw new StationFailure("Connector " + connector + " has failed: "
                    + failed.trace().lines().limit(TRACE_LINES).collect(Collectors.joining("\n")));
        });
        return status.filter(known -> known.runsOn(worker)).isPresent();
    }

    private void repeat(BooleanSupplier attempt, Supplier<String> whatItDidNot) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!attempt.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new StationFailure(name() + " " + whatItDidNot.get());
            }
            StationProcess.pause();
        }
    }

    /// {@return the URL of its REST interface}
    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Path log() {
        return folder.resolve("connect.log");
    }

    @Override
    Launch launch() {
        SettingsFile settings = new SettingsFile(folder.resolve("worker.properties"));
        settings.write(manifest.workerConfig());
        Path build = checkout.resolve("tools/testkit/kafka/target");
        List<String> arguments = List.of(
                folder.path().toString(),
                Integer.toString(port),
                bootstrapServers,
                build.resolve("plugins").toString(),
                settings.path().toString());
        JavaProgram worker = JavaProgram.builtIn(build, "dev.rowcast.testkit.kafka.ConnectWorker");
        return Launch.of(name(), worker.command(checkout.cache(), "connect", arguments), folder.path(), log());
    }

    @Override
    boolean answers() {
        return api.isReady();
    }

    @Override
    Signal goodbye() {
        return Signal.TERM;
    }

    @Override
    void release() {
        folder.close();
    }
}
