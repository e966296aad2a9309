package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.Manifests;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// The path from the tables to the topics: the real Postgres with the real schema, Kafka with the real topics, Connect
/// with the real connector.
final class Replication implements AutoCloseable {
    static final String TABLE = "person_churn_history";
    static final String TOPIC = "churn.public." + TABLE;
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root());

    final Postgres postgres;
    private final Database database;
    final Kafka kafka;
    final Connect connect;

    /// Postgres and Kafka run, Connect does not yet.
    Replication(Path folder) {
        database = Database.start(folder.resolve("postgres"));
        postgres = database.postgres();
        kafka = Kafka.start(folder.resolve("kafka"));
        kafka.createTopics(MANIFESTS.topics());
        connect = Connect.in(folder.resolve("connect"), 0, kafka.address(), MANIFESTS.connect());
    }

    void startConnector() {
        startConnector(connector());
    }

    void startConnector(KafkaConnectorManifest connector) {
        connect.start();
        configure(connector, postgres.password("connector"));
        connect.awaitRunning(connector.name());
    }

    /// The connector of the tables.
    static KafkaConnectorManifest connector() {
        return connector("churn");
    }

    static KafkaConnectorManifest connector(String name) {
        return MANIFESTS.connectors().stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void configure(KafkaConnectorManifest connector, String password) {
        configure(connector, password, "disable", "");
    }

    /// @param sslMode as libpq has it
    /// @param rootCertificate file of the authority that Postgres's certificate must come from
    void configure(KafkaConnectorManifest connector, String password, String sslMode, String rootCertificate) {
        connect.secrets(Map.of("user", "connector", "password", password));
        connect.configure(
                connector,
                Map.of(
                        "database.hostname",
                        "127.0.0.1",
                        "database.port",
                        Integer.toString(postgres.port()),
                        "database.dbname",
                        Postgres.DATABASE,
                        "database.user",
                        connect.secret("user"),
                        "database.password",
                        connect.secret("password"),
                        "database.sslmode",
                        sslMode,
                        "database.sslrootcert",
                        rootCertificate,
                        // The tests of an idle slot wait for heartbeats.
                        "heartbeat.interval.ms",
                        "1000"));
    }

    void execute(String role, String sql) throws SQLException {
        database.execute(role, sql);
    }

    String text(String sql) throws SQLException {
        return database.text(sql);
    }

    List<String> texts(String sql) throws SQLException {
        return database.list(sql);
    }

    /// Waits until a query of one boolean is true.
    void awaitTrue(String sql) {
        Awaitility.await(sql).atMost(PATIENCE).until(() -> text(sql), "t"::equals);
    }

    /// Waits until the slot has confirmed the present end of the WAL.
    void awaitConfirmed(String slot) throws SQLException {
        awaitTrue("SELECT confirmed_flush_lsn > '%s'::pg_lsn FROM pg_replication_slots WHERE slot_name = '%s'"
                .formatted(text("SELECT pg_current_wal_lsn()"), slot));
    }

    void insert(String customer) throws SQLException {
        execute("app", "INSERT INTO " + TABLE + " (customerid, tenure) VALUES ('" + customer + "', 1)");
    }

    /// Waits until the events of a customer match.
    List<Event> await(String customer, Predicate<List<Event>> wanted) {
        return await(TOPIC, customer, wanted);
    }

    List<Event> await(String topic, String customer, Predicate<List<Event>> wanted) {
        return TopicRecords.await(kafka, topic, records -> wanted.test(Event.of(customer, records)))
                .eventsOf(customer);
    }

    @Override
    public void close() {
        connect.close();
        kafka.close();
        postgres.close();
    }
}
