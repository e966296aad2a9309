package dev.rowcast.testkit.kafka;

import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/// A Kafka broker with its controller, in this JVM.
///
/// Acknowledged records survive a kill of the process: they are in the files of the folder, which the next
/// start reads.
public final class Broker {
    private static final String USAGE = "Broker <data folder> <client port> <controller port> <settings file>";

    private Broker() {}

    /// Runs a broker until SIGTERM.
    ///
    /// @param arguments data folder (created and formatted when new), client port, controller port, a
    ///     properties file with the settings of the manifest
    public static void main(String[] arguments) {
        KafkaProgram.run("Kafka", () -> {
            ProgramArguments given = ProgramArguments.of(USAGE, 4, arguments);
            return broker(new BrokerSettings(given.path(0), given.port(1), given.port(2), given.path(3)));
        });
    }

    private static KafkaProgram broker(BrokerSettings settings) throws Exception {
        settings.storage().formatIfNew(BrokerSettings.NODE_ID, BrokerSettings.CONTROLLER_LISTENER);
        Properties properties = new Properties();
        properties.putAll(settings.all());
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        return new KafkaProgram(
                () -> {
                    server.startup();
                    return "127.0.0.1:" + settings.clientPort();
                },
                server::shutdown,
                server::awaitShutdown);
    }
}
