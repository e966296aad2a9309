package dev.rowcast.testkit.kafka;

import java.nio.file.Files;
import org.apache.kafka.connect.cli.ConnectDistributed;

/// A Kafka Connect worker, in this JVM.
///
/// Connectors, their offsets and their status are in Kafka and survive a kill of the process and a change
/// of ports.
public final class ConnectWorker {
    private static final String USAGE =
            "ConnectWorker <data folder> <rest port> <bootstrap servers> <plugins folder> <settings file>";
    private static final long POLL_MILLIS = 20;

    private ConnectWorker() {}

    /// Runs a worker until SIGTERM. Its broker must be running.
    ///
    /// @param arguments data folder (created when new), REST port, the broker's host:port, the folder of
    ///     plugins, a properties file with the settings of the manifest
    public static void main(String[] arguments) {
        KafkaProgram.run("Kafka Connect", () -> {
            ProgramArguments given = ProgramArguments.of(USAGE, 5, arguments);
            return worker(
                    new ConnectSettings(given.path(0), given.port(1), given.text(2), given.path(3), given.path(4)));
        });
    }

    private static KafkaProgram worker(ConnectSettings settings) throws Exception {
        Files.createDirectories(settings.data());
        var worker = new ConnectDistributed().startConnect(settings.all());
        return new KafkaProgram(
                () -> {
                    // The REST API answers earlier, with errors.
                    while (!worker.herder().isReady()) {
                        Thread.sleep(POLL_MILLIS);
                    }
                    return "http://127.0.0.1:" + settings.restPort();
                },
                worker::stop,
                worker::awaitStop);
    }
}
