package dev.rowcast.proof.chaos.system;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.CaseEventAudit;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.delivery.FaultyDelivery;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// The whole path, with injected faults at its connections:
///
/// ```
///   dispatcher ─▶ faulty delivery ─▶ function ─▶ TCP proxy ─────────────▶ Postgres
///                  └▶ delivery log         └─▶ TCP proxy ─▶ HTTP proxy ─▶ Elasticsearch
/// ```
///
/// Its model is a copy of the shipped file, so that a fault can replace it.
///
/// @param checkout that the system runs from
/// @param model the file that the predictor reads its model from at start
/// @param deliveries what the functions answered to which event
/// @param faults the injected faults
/// @param system the running system
public record ChaosSystem(
        Checkout checkout, Path model, DeliveryLog deliveries, ConnectionFaults faults, LocalSystem system)
        implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(20);

    /// Starts everything.
    ///
    /// @param folder for data and logs
    /// @param seed of the injected faults
    public static ChaosSystem start(Checkout checkout, Path folder, long seed, ProgressLog progress)
            throws IOException {
        Path model = folder.resolve("model.onnx");
        Files.createDirectories(folder);
        Files.copy(checkout.resolve("trainer-notebook/model/churn.onnx"), model);
        DeliveryLog log = new DeliveryLog();
        ConnectionFaults faults = new ConnectionFaults(model, log, seed);
        try {
            RunSettings settings = RunSettings.quiet().withIdle(IDLE);
            LocalSystem system = LocalSystem.start(checkout, folder, settings, faults, progress);
            return new ChaosSystem(checkout, model, log, faults, system);
        } catch (RuntimeException failure) {
            faults.close();
            throw failure;
        }
    }

    /// {@return the delivery between sources and functions}
    public FaultyDelivery delivery() {
        return faults.delivery();
    }

    /// {@return the contract of the shipped model}
    public ModelContract contract() {
        return system.contract();
    }

    /// Sets the number of events that are shuffled with each other. The sources restart with room for them.
    public void shuffleWithin(int events) {
        if (delivery().window() != events) {
            delivery().setWindow(events);
            system.dropDispatchers();
        }
    }

    /// {@return the JDBC URL for the owner of the source table}
    public String jdbc() {
        return system.stations().postgres().jdbcUrl("app");
    }

    /// Writes a row of the source table, which is a change of it in any case.
    public void write(String key, int totalCharges) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc() + "&socketTimeout=10");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO person_churn_history (customerid, tenure, totalcharges) VALUES ('%s', 1, %d)"
                            .formatted(key, totalCharges)
                    + " ON CONFLICT (customerid) DO UPDATE SET totalcharges = excluded.totalcharges");
        }
    }

    /// {@return the address of the broker}
    public String kafka() {
        return system.stations().kafka().address();
    }

    /// {@return the address of Elasticsearch behind the proxies}
    public URI elasticsearch() {
        return URI.create(system.stations().elasticsearch().address());
    }

    /// {@return the topic of the source table's changes}
    public String sourceTopic() {
        return "churn." + contract().source().schema() + "."
                + contract().source().table();
    }

    /// {@return the topic of the captured table's changes}
    public String capturedTopic() {
        return "churn." + contract().captured().schema() + "."
                + contract().captured().table();
    }

    /// {@return the topics of dead letters}
    public List<String> deadLetterTopics() {
        return system.manifests().sinks().stream().map(KafkaSinkManifest::topic).toList();
    }

    /// {@return the number of function processes started so far}
    public long coldStarts() {
        return system.activators().values().stream()
                .mapToLong(activator -> activator.status().coldStarts())
                .sum();
    }

    /// {@return the comparison of cases with their events}
    public CaseEventAudit caseEvents() {
        return new CaseEventAudit(jdbc(), kafka(), "churn.events.retention_case");
    }

    /// {@return the names of the sources that read a topic}
    public List<String> sourcesOf(String topic) {
        return system.manifests().sources().stream()
                .filter(source -> source.topics().contains(topic))
                .map(KafkaSourceManifest::name)
                .toList();
    }

    @Override
    public void close() {
        system.close();
        faults.close();
    }
}
