package dev.rowcast.proof.chaos.system;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.CaseEventAudit;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.delivery.FaultyDelivery;
import dev.rowcast.proof.chaos.proxy.ElasticsearchProxy;
import dev.rowcast.proof.chaos.proxy.TcpProxy;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The whole path, with injected faults at its connections:
///
/// ```
///   dispatcher ─▶ faulty delivery ─▶ function ─▶ TCP proxy ─────────────▶ Postgres
///                  └▶ delivery log         └─▶ TCP proxy ─▶ HTTP proxy ─▶ Elasticsearch
/// ```
///
/// Its model is a copy of the shipped file, so that a fault can replace it.
public final class ChaosSystem implements RunOverrides, AutoCloseable {

    /// Shorter than in the manifests, so that a scenario takes seconds: a frozen process stays frozen for
    /// longer than one try, and failed events are retried soon. There are enough tries for every outage of
    /// a scenario.
    public static final RetryPolicy RETRIES =
            new RetryPolicy(120, RetryPolicy.BackOff.LINEAR, Duration.ofMillis(100), Duration.ofSeconds(3));

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Checkout checkout;
    private final Path model;
    private final long seed;
    private final DeliveryLog log = new DeliveryLog("customerid");
    private final FaultyDelivery delivery;
    private TcpProxy postgres;
    private TcpProxy elasticsearch;
    private ElasticsearchProxy http;
    private LocalSystem system;

    private ChaosSystem(Checkout checkout, Path folder, long seed) {
        this.checkout = checkout;
        this.model = folder.resolve("model.onnx");
        this.seed = seed;
        this.delivery = new FaultyDelivery(log, seed);
    }

    /// Starts everything.
    ///
    /// @param folder for data and logs
    /// @param seed of the injected faults
    public static ChaosSystem start(Checkout checkout, Path folder, long seed, ProgressLog progress)
            throws IOException {
        ChaosSystem chaos = new ChaosSystem(checkout, folder, seed);
        Files.createDirectories(folder);
        Files.copy(checkout.resolve("trainer-notebook/model/churn.onnx"), chaos.model);
        try {
            chaos.system =
                    LocalSystem.start(checkout, folder, RunSettings.quiet().withIdle(IDLE), chaos, progress);
            return chaos;
        } catch (RuntimeException failure) {
            chaos.closeFaults();
            throw failure;
        }
    }

    /// {@return the running system}
    public LocalSystem system() {
        return system;
    }

    /// {@return what the functions answered to which event}
    public DeliveryLog deliveries() {
        return log;
    }

    /// {@return the delivery between sources and functions}
    public FaultyDelivery delivery() {
        return delivery;
    }

    /// {@return the proxy between Postgres and the functions predictor and retention}
    public TcpProxy postgresProxy() {
        return postgres;
    }

    /// {@return the TCP proxy between indexer and Elasticsearch}
    public TcpProxy elasticsearchTcpProxy() {
        return elasticsearch;
    }

    /// {@return the HTTP proxy between indexer and Elasticsearch}
    public ElasticsearchProxy elasticsearchProxy() {
        return http;
    }

    /// {@return the file that the predictor reads its model from at start}
    public Path model() {
        return model;
    }

    /// {@return the checkout that the system runs from}
    public Checkout checkout() {
        return checkout;
    }

    /// {@return the contract of the shipped model}
    public ModelContract contract() {
        return system.contract();
    }

    /// Sets the number of events that are shuffled with each other. The sources restart with room for them.
    public void shuffleWithin(int events) {
        if (delivery.window() != events) {
            delivery.setWindow(events);
            system.dropDispatchers();
        }
    }

    /// {@return the JDBC URL for the owner of the source table}
    public String jdbc() {
        return system.stations().postgres().jdbcUrl("app");
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
    public EventSubscriber before(String source, EventSubscriber function) {
        return delivery.before(source, function);
    }

    @Override
    public int inFlight() {
        return Math.max(Dispatcher.IN_FLIGHT, delivery.window());
    }

    @Override
    public void close() {
        system.close();
        closeFaults();
    }

    private void closeFaults() {
        delivery.close();
        Stream.of(postgres, elasticsearch).filter(proxy -> proxy != null).forEach(TcpProxy::close);
        if (http != null) {
            http.close();
        }
    }
}
