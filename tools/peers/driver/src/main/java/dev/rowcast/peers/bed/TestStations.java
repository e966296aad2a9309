package dev.rowcast.peers.bed;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.CpuTime;
import dev.rowcast.testkit.station.Connect;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Kafka;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// The stations that all contenders share.
///
/// @param manifests of the checkout
public record TestStations(Checkout checkout, Manifests manifests, Postgres postgres, Kafka kafka, Connect connect)
        implements AutoCloseable {

    /// The source table.
    public static final String SOURCE = "public.person_churn_history";

    private static final String CONNECTOR = "churn";

    /// Starts the stations with the schema, the topics and the connector of the manifests.
    ///
    /// @param folder of their data
    public static TestStations start(Checkout checkout, Path folder) throws SQLException {
        Manifests manifests = Manifests.read(checkout.root());
        Postgres postgres = Postgres.start(folder.resolve("postgres"));
        Kafka kafka = Kafka.start(folder.resolve("kafka"));
        Connect connect = Connect.in(folder.resolve("connect"), 0, kafka.address(), manifests.connect());
        TestStations stations = new TestStations(checkout, manifests, postgres, kafka, connect);
        try {
            stations.prepare();
            return stations;
        } catch (SQLException | RuntimeException failure) {
            stations.close();
            throw failure;
        }
    }

    private void prepare() throws SQLException {
        // The time of each commit, so that no query during the load has to look for results.
        database().execute("ALTER SYSTEM SET track_commit_timestamp = on");
        postgres.stop();
        postgres.start();
        postgres.applySchema();
        kafka.createTopics(manifests.topics());
        connect.secrets(Map.of("password", postgres.password("connector")));
        connect.start();
        KafkaConnectorManifest connector = manifests.connectors().stream()
                .filter(manifest -> manifest.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        connect.configure(connector, overrides());
        connect.awaitRunning(CONNECTOR);
    }

    private Map<String, String> overrides() {
        return Map.of(
                "database.hostname",
                "127.0.0.1",
                "database.port",
                Integer.toString(postgres.port()),
                "database.dbname",
                Postgres.DATABASE,
                "database.user",
                "connector",
                "database.password",
                connect.secret("password"),
                "database.sslmode",
                "disable",
                "database.sslrootcert",
                "",
                // The results of no contender are sent to a topic.
                "table.include.list",
                SOURCE);
    }

    /// Runs SQL as the superuser.
    public Database database() {
        return new Database(postgres);
    }

    /// The topic of the source table.
    public String topic() {
        return CONNECTOR + "." + SOURCE;
    }

    /// CPU seconds of Postgres and Kafka so far.
    public double cpuOfStores() {
        return CpuTime.seconds(postgres.pid()) + CpuTime.seconds(kafka.pid());
    }

    @Override
    public void close() {
        connect.close();
        kafka.close();
        postgres.close();
    }
}
