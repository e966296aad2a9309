package dev.rowcast.local.run;

import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.serving.Route;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Postgres;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole path on one machine: the real stations, the functions, and what stands in for Knative between them.
///
/// ```
///   Postgres ─▶ Connect ─▶ Kafka ─▶ Dispatcher ─▶ Activator ─▶ function process ─▶ Postgres, Elasticsearch
/// ```
///
/// Its data stays in its folder when it is closed, and the next one goes on with it.
public final class LocalSystem implements AutoCloseable {

    /// As many connections as the real dispatcher keeps.
    private static final int CONNECTIONS = 100;

    private final Manifests manifests;
    private final List<ModelContract> contracts;
    private final Stations stations;
    private final Map<String, Activator> activators = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ProgressLog progress;
    private final Thread hook = new Thread(this::stop, "stop");
    private Optional<Sources> sources = Optional.empty();
    private boolean closed;

    private LocalSystem(Manifests manifests, List<ModelContract> contracts, Stations stations, ProgressLog progress) {
        this.manifests = manifests;
        this.contracts = contracts;
        this.stations = stations;
        this.progress = progress;
        parts.push(stations);
    }

    /// Starts everything and returns when the first change can come.
    ///
    /// @param folder keeps data and logs
    /// @param settings where it differs from the manifests
    /// @param progress takes a line for each step, and later for each event in the life of a function
    /// @throws StationFailure when something cannot be started; nothing is left running then
    public static LocalSystem start(Checkout checkout, Path folder, RunSettings settings, ProgressLog progress) {
        return start(checkout, folder, settings, RunOverrides.NONE, progress);
    }

    /// Starts everything, with something put between its parts.
    ///
    /// @param wiring what stands between them
    /// @throws StationFailure when something cannot be started; nothing is left running then
    public static LocalSystem start(
            Checkout checkout, Path folder, RunSettings settings, RunOverrides wiring, ProgressLog progress) {
        return prepare(checkout, folder, settings, progress).started(checkout, folder, settings, wiring);
    }

    private static LocalSystem prepare(Checkout checkout, Path folder, RunSettings settings, ProgressLog progress) {
        Manifests manifests = Manifests.read(checkout.root(), settings.also());
        manifests.services().forEach(service -> FunctionPlans.requireBuilt(checkout, service.function()));
        List<ModelContract> contracts = new ModelFiles(checkout, settings.also()).contracts(manifests.services());
        Stations stations = Stations.in(folder.resolve("data"), settings.ports(), manifests, progress);
        return new LocalSystem(manifests, contracts, stations, progress);
    }

    private LocalSystem started(Checkout checkout, Path folder, RunSettings settings, RunOverrides wiring) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<Path> schemas = settings.also().stream()
                    .map(table -> checkout.resolve(table).resolve("schema.sql"))
                    .toList();
            stations.start(manifests, schemas, progress);
            startFunctions(checkout, folder, settings, wiring);
            return this;
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private synchronized void startFunctions(Checkout checkout, Path folder, RunSettings settings, RunOverrides wiring) {
        if (closed) {
            throw new StationFailure("The start was cut short");
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        parts.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        FunctionPlans functions = new FunctionPlans(
                checkout,
                folder.resolve("logs"),
                addresses(wiring),
                secrets(),
                new ModelFiles(checkout, settings.also()),
                settings.idle());
        for (KnativeServiceManifest manifest : manifests.services()) {
            Activator activator = new Activator(functions.plan(manifest), client, progress::line);
            parts.push(activator);
            activators.put(manifest.name(), activator);
            Route route = Route.open(vertx, activator, manifest.timeout());
            parts.push(route);
            routes.put(manifest.name(), route);
            activator.start();
        }
        parts.push(AutoRestart.start(
                stations.connect(),
                manifests.connectors().stream()
                        .map(KafkaConnectorManifest::name)
                        .toList()));
        Sources made = new Sources(manifests, stations.kafka().address(), activators, wiring, progress::line);
        sources = Optional.of(made);
        parts.push(made);
        made.start();
    }

    /// What the manifests' addresses are here.
    private Map<String, String> addresses(RunOverrides wiring) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("QUARKUS_DATASOURCE_REACTIVE_URL", stations.postgres().uri());
        addresses.put(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + stations.postgres().uri());
        addresses.put(
                "QUARKUS_ELASTICSEARCH_HOSTS",
                URI.create(stations.elasticsearch().address()).getAuthority());
        // Nothing leaves this machine: the stores of a run speak no TLS, and have no certificates that could be
        // mounted.
        addresses.put("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "disable");
        addresses.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "false");
        addresses.put("QUARKUS_ELASTICSEARCH_PROTOCOL", "http");
        addresses.putAll(wiring.environment(stations));
        return addresses;
    }

    /// The Elasticsearch of a local run asks for no credentials and takes any.
    private Map<String, String> secrets() {
        Postgres postgres = stations.postgres();
        return Map.of(
                "rowcast-postgres-predictor-login/username", "predictor",
                "rowcast-postgres-predictor-login/password", postgres.password("predictor"),
                "rowcast-postgres-retention-login/username", "retention",
                "rowcast-postgres-retention-login/password", postgres.password("retention"),
                "rowcast-elasticsearch-indexer-login/username", "indexer",
                "rowcast-elasticsearch-indexer-login/password", "none");
    }

    /// What the checkout's manifests say.
    public Manifests manifests() {
        return manifests;
    }

    /// The contract of the model that scores the shipped table.
    public ModelContract contract() {
        return contracts.getFirst();
    }

    /// The contract of each model that scores, the shipped table's first.
    public List<ModelContract> contracts() {
        return contracts;
    }

    /// The real parts.
    public Stations stations() {
        return stations;
    }

    /// What stands before each function, by the function's name, in the manifests' order.
    public Map<String, Activator> activators() {
        return Map.copyOf(activators);
    }

    /// The functions' names, in the manifests' order.
    public List<String> functions() {
        return List.copyOf(activators.keySet());
    }

    /// Where a function takes events from anybody.
    public URI address(String function) {
        return routes.get(function).address();
    }

    /// What delivers to the functions.
    public List<Dispatcher> dispatchers() {
        return sources.map(Sources::all).orElse(List.of());
    }

    /// Drops what delivers, as a kill would, and goes on with new ones of the same groups.
    public void dropDispatchers() {
        sources.ifPresent(Sources::replace);
    }

    /// Takes something that uses the system and must be closed before it; at once when the system is closed already.
    public <T extends AutoCloseable> T with(T part) {
        synchronized (this) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        close(part);
        return part;
    }

    /// Stops everything in the order of the path, so that what is under way ends well, and leaves no process behind.
    /// Ctrl-C does this too.
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsStopping) {
            // Then there is nothing to be removed.
        }
    }

    /// Ctrl-C and SIGTERM.
    private void stop() {
        progress.stopping("Stopping the functions, Kafka Connect, Elasticsearch, Kafka and Postgres; the data stays");
        close();
        progress.line("Stopped");
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            progress.line("Stopping goes on after a failure: " + failure);
        }
    }
}
