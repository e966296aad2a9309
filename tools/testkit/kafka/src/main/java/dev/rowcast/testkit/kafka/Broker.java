package dev.rowcast.testkit.kafka;

import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/// A Kafka broker with its controller, in this JVM.
///
/// Acknowledged records survive a kill of the process: they are in the files of the folder, which the next
/// start reads.
public final class Broker implements KafkaProgram {
    private static final String USAGE = "Broker <data folder> <client port> <controller port> <settings file>";

    private final BrokerSettings settings;
    private final KafkaRaftServer server;

    private Broker(BrokerSettings settings) throws Exception {
        this.settings = settings;
        settings.storage().formatIfNew(BrokerSettings.NODE_ID, BrokerSettings.CONTROLLER_LISTENER);
        Properties properties = new Properties();
        properties.putAll(settings.all());
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    }

    /// Runs a broker until SIGTERM.
    ///
    /// @param arguments data folder (created and formatted when new), client port, controller port, a
    ///     properties file with the settings of the manifest
    public static void main(String[] arguments) {
        KafkaProgram.run("Kafka", () -> {
            ProgramArguments given = ProgramArguments.of(USAGE, 4, arguments);
            return new Broker(new BrokerSettings(given.path(0), given.port(1), given.port(2), given.path(3)));
        });
    }

    @Override
    public String start() {
        server.startup();
        return "127.0.0.1:" + settings.clientPort();
    }

    @Override
    public void stop() {
        server.shutdown();
    }

    @Override
    public void awaitEnd() {
        server.awaitShutdown();
    }
}
