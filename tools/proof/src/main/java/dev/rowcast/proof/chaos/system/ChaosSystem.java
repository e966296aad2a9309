package dev.rowcast.proof.chaos.system;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.Subscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Progress;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.local.run.Wiring;
import dev.rowcast.proof.audit.CaseEventAudit;
import dev.rowcast.proof.chaos.delivery.FaultyDelivery;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.proxy.ElasticsearchProxy;
import dev.rowcast.proof.chaos.proxy.TcpProxy;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The whole path, with chaos at its joints:
///
/// ```
///   dispatcher ─▶ disorder ─▶ function ─▶ TCP proxy ─────────────▶ Postgres
///                  └▶ ledger         └─▶ TCP proxy ─▶ HTTP proxy ─▶ Elasticsearch
/// ```
///
/// Its model is a file of its own, so that it can be replaced.
public final class ChaosSystem implements AutoCloseable {

    /// Shorter than the manifests say, so that a scenario takes seconds: a frozen function or store is frozen for
    /// longer than a try may take, and what failed comes again soon. Enough tries that no outage here uses them up.
    public static final RetryPolicy RETRIES =
            new RetryPolicy(120, RetryPolicy.BackOff.LINEAR, Duration.ofMillis(100), Duration.ofSeconds(3));

    private static final String CASE_EVENTS = "churn.events.retention_case";
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final long seed;
    private final Path model;
    private final Checkout checkout;
    private final Joints joints = new Joints();
    private LocalSystem system;

    private ChaosSystem(Checkout checkout, Path folder, long seed) {
        this.checkout = checkout;
        this.seed = seed;
        this.model = folder.resolve("model.onnx");
    }

    /// Starts everything.
    ///
    /// @param folder keeps data and logs
    /// @param seed of what the joints do by chance
    public static ChaosSystem start(Checkout checkout, Path folder, long seed, Progress progress) throws IOException {
        ChaosSystem chaos = new ChaosSystem(checkout, folder, seed);
        Files.createDirectories(folder);
        Files.copy(checkout.resolve("trainer-notebook/model/churn.onnx"), chaos.model);
        try {
            chaos.system =
                    LocalSystem.start(checkout, folder, RunSettings.quiet().withIdle(IDLE), chaos.joints, progress);
            return chaos;
        } catch (RuntimeException failure) {
            chaos.joints.close();
            throw failure;
        }
    }

    /// The path itself.
    public LocalSystem system() {
        return system;
    }

    /// What was delivered.
    public DeliveryLog ledger() {
        return joints.ledger;
    }

    /// What becomes of the order of events.
    public FaultyDelivery disorder() {
        return joints.disorder;
    }

    /// Between predictor and retention and Postgres.
    public TcpProxy beforePostgres() {
        return joints.postgres;
    }

    /// Between the indexer and Elasticsearch.
    public TcpProxy beforeElasticsearch() {
        return joints.elasticsearch;
    }

    /// Between the indexer and Elasticsearch, and knows HTTP.
    public ElasticsearchProxy elasticsearchProxy() {
        return joints.http;
    }

    /// The file that the predictor reads its model from when it starts.
    public Path model() {
        return model;
    }

    /// The checkout that it runs from.
    public Checkout checkout() {
        return checkout;
    }

    /// Lets so many events wait for each other; the sources are made anew with room for them.
    public void shuffleWithin(int events) {
        if (joints.disorder.window() != events) {
            joints.disorder.setWindow(events);
            system.dropDispatchers();
        }
    }

    /// The database for a user who may read and write the source table.
    public String jdbc() {
        return system.stations().postgres().jdbcUrl("app");
    }

    /// Elasticsearch, past the proxies.
    public URI elasticsearch() {
        return URI.create(system.stations().elasticsearch().address());
    }

    /// Processes of functions started so far.
    public long coldStarts() {
        return system.activators().values().stream()
                .mapToLong(activator -> activator.status().coldStarts())
                .sum();
    }

    /// What holds the events of cases against the cases.
    public CaseEventAudit caseEvents() {
        return new CaseEventAudit(jdbc(), system.stations().kafka().address(), CASE_EVENTS);
    }

    /// The sources that read a topic, by name.
    public List<String> sourcesOf(String topic) {
        return system.manifests().sources().stream()
                .filter(source -> source.topics().contains(topic))
                .map(source -> source.name())
                .toList();
    }

    @Override
    public void close() {
        system.close();
        joints.close();
    }

    private final class Joints implements Wiring, AutoCloseable {
        private final DeliveryLog ledger = new DeliveryLog("customerid");
        private final FaultyDelivery disorder = new FaultyDelivery(ledger, seed);
        private TcpProxy postgres;
        private TcpProxy elasticsearch;
        private ElasticsearchProxy http;

        @Override
        public Map<String, String> environment(Stations stations) {
            try {
                postgres = TcpProxy.to(stations.postgres().port());
                http = ElasticsearchProxy.to(stations.elasticsearch().httpPort(), seed);
                elasticsearch = TcpProxy.to(http.port());
            } catch (IOException noPort) {
                throw new UncheckedIOException(noPort);
            }
            return Map.of(
                    "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:" + postgres.port() + "/rowcast",
                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/rowcast",
                    "QUARKUS_ELASTICSEARCH_HOSTS", "127.0.0.1:" + elasticsearch.port(),
                    "ROWCAST_MODEL_FILE", model.toString());
        }

        @Override
        public RetryPolicy retries(RetryPolicy manifest) {
            return RETRIES;
        }

        @Override
        public Subscriber before(String source, Subscriber function) {
            return disorder.before(source, function);
        }

        @Override
        public int inFlight() {
            return Math.max(Dispatcher.IN_FLIGHT, disorder.window());
        }

        @Override
        public void close() {
            disorder.close();
            try {
                if (postgres != null) {
                    postgres.close();
                    elasticsearch.close();
                    http.close();
                }
            } catch (IOException alreadyGone) {
                throw new UncheckedIOException(alreadyGone);
            }
        }
    }
}
