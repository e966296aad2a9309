package dev.rowcast.testkit.kafka;

import java.nio.file.Files;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/// A Kafka Connect worker, in this JVM.
///
/// Connectors, their offsets and their status are in Kafka and survive a kill of the process and a change
/// of ports.
public final class ConnectWorker implements KafkaProgram {
    private static final String USAGE =
            "ConnectWorker <data folder> <rest port> <bootstrap servers> <plugins folder> <settings file>";
    private static final long POLL_MILLIS = 20;

    private final ConnectSettings settings;
    private final org.apache.kafka.connect.runtime.Connect<DistributedHerder> worker;

    private ConnectWorker(ConnectSettings settings) throws Exception {
        this.settings = settings;
        Files.createDirectories(settings.data());
        worker = new ConnectDistributed().startConnect(settings.all());
    }

    /// Runs a worker until SIGTERM. Its broker must be running.
    ///
    /// @param arguments data folder (created when new), REST port, the broker's host:port, the folder of
    ///     plugins, a properties file with the settings of the manifest
    public static void main(String[] arguments) {
        KafkaProgram.run("Kafka Connect", () -> {
            ProgramArguments given = ProgramArguments.of(USAGE, 5, arguments);
            return new ConnectWorker(
                    new ConnectSettings(given.path(0), given.port(1), given.text(2), given.path(3), given.path(4)));
        });
    }

    @Override
    public String start() throws InterruptedException {
        // The REST API answers earlier, with errors.
        while (!worker.herder().isReady()) {
            Thread.sleep(POLL_MILLIS);
        }
        return "http://127.0.0.1:" + settings.restPort();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public void awaitEnd() {
        worker.awaitStop();
    }
}
