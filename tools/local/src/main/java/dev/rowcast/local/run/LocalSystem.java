package dev.rowcast.local.run;

import dev.rowcast.local.aot.AotTraining;
import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.serving.Route;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole system on one machine: the real stations, the functions, and a stand-in for Knative.
///
/// ```
///   Postgres ─▶ Connect ─▶ Kafka ─▶ Dispatcher ─▶ Activator ─▶ function process ─▶ Postgres, Elasticsearch
/// ```
///
/// The data remains in the folder after the end, and the next run continues with it.
public final class LocalSystem implements AutoCloseable {

    /// Size of the connection pool of Knative's dispatcher.
    private static final int CONNECTIONS = 100;

    private final Path folder;
    private final Manifests manifests;
    private final List<TablePlan> tables;
    private final Stations stations;
    private final Map<String, Activator> activators = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ProgressLog progress;
    private final Thread hook = new Thread(this::stop, "stop");
    private Optional<Sources> sources = Optional.empty();
    private Optional<AotTraining> training = Optional.empty();
    private boolean closed;

    private LocalSystem(
            Path folder, Manifests manifests, List<TablePlan> tables, Stations stations, ProgressLog progress) {
        this.folder = folder;
        this.manifests = manifests;
        this.tables = tables;
        this.stations = stations;
        this.progress = progress;
        parts.push(stations);
    }

    /// Starts the system and returns when it can process the first change.
    ///
    /// @param folder   folder of data and logs
    /// @param settings the user's settings, which override the manifests
    /// @param progress receives a line for each step, and later for each event in the life of a function
    /// @throws StationFailure when the start fails; no process remains then
    public static LocalSystem start(Checkout checkout, Path folder, RunSettings settings, ProgressLog progress) {
        return start(checkout, folder, settings, RunOverrides.NONE, progress);
    }

    /// Starts the system with overrides.
    ///
    /// @throws StationFailure when the start fails; no process remains then
    public static LocalSystem start(
            Checkout checkout, Path folder, RunSettings settings, RunOverrides overrides, ProgressLog progress) {
        Manifests manifests = Manifests.read(checkout.root(), settings.also());
        manifests.services().forEach(service -> FunctionPlans.requireBuilt(checkout, service.function()));
        List<TablePlan> tables = new ModelFiles(checkout, settings.also()).tables(manifests);
        Stations stations = Stations.in(folder.resolve("data"), settings.ports(), manifests, progress);
        return new LocalSystem(folder, manifests, tables, stations, progress).started(checkout, settings, overrides);
    }

    private LocalSystem started(Checkout checkout, RunSettings settings, RunOverrides overrides) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<Path> schemas = settings.also().stream()
                    .map(table -> checkout.resolve(table).resolve("schema.sql"))
                    .toList();
            stations.start(manifests, schemas, progress);
            startFunctions(checkout, settings, overrides);
            return this;
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private synchronized void startFunctions(Checkout checkout, RunSettings settings, RunOverrides overrides) {
        if (closed) {
            throw new StationFailure("The start was interrupted");
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        parts.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        LocalEnvironment environment = new LocalEnvironment(stations, overrides, folder.resolve("tables"));
        environment.writeTables(manifests);
        FunctionPlans functions = new FunctionPlans(
                checkout,
                folder.resolve("logs"),
                environment.addresses(),
                environment.secrets(),
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
        parts.push(stations.restartFailed(manifests.connectors()));
        Sources started =
                new Sources(vertx, manifests, stations.kafka().address(), activators, overrides, progress::line);
        sources = Optional.of(started);
        parts.push(started);
        started.start();
        AotTraining inBackground = AotTraining.start(
                manifests.services().stream()
                        .map(functions::trained)
                        .flatMap(Optional::stream)
                        .toList(),
                progress::line);
        training = Optional.of(inBackground);
        parts.push(inBackground);
    }

    /// The file with the addresses of the run, which the launcher writes.
    public Path addresses() {
        return folder.resolve("addresses.json");
    }

    /// The manifests of the checkout.
    public Manifests manifests() {
        return manifests;
    }

    /// The path of each table, the shipped table's first.
    public List<TablePlan> tables() {
        return tables;
    }

    /// The contract of the model that scores the shipped table.
    public ModelContract contract() {
        return tables.getFirst().contract();
    }

    /// The contract of each model, the shipped table's first.
    public List<ModelContract> contracts() {
        return tables.stream().map(TablePlan::contract).toList();
    }

    /// The real stations.
    public Stations stations() {
        return stations;
    }

    /// The activator of each function, by the function's name, in the manifests' order.
    public Map<String, Activator> activators() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(activators));
    }

    /// The functions' names, in the manifests' order.
    public List<String> functions() {
        return List.copyOf(activators.keySet());
    }

    /// The HTTP address of a function.
    public URI address(String function) {
        return routes.get(function).address();
    }

    /// Waits until no AOT cache is written in the background. The first run of a build writes them.
    public void awaitAotCaches() throws InterruptedException {
        if (training.isPresent()) {
            training.orElseThrow().await();
        }
    }

    /// The dispatchers that deliver to the functions.
    public List<Dispatcher> dispatchers() {
        return sources.map(Sources::all).orElse(List.of());
    }

    /// Drops the dispatchers like a kill, and continues with new ones of the same consumer groups.
    public void dropDispatchers() {
        sources.ifPresent(Sources::replace);
    }

    /// Adds a part that must be closed before the system. If the system is closed, the part is
    /// closed at once.
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

    /// Stops the parts in the order of the path, so that deliveries in progress can end. No process
    /// remains. Ctrl-C does the same.
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsStopping) {
            // The hook itself called this method.
        }
    }

    /// Runs on Ctrl-C and SIGTERM.
    private void stop() {
        progress.stopping("Stopping the functions, Kafka Connect, Elasticsearch, Kafka and Postgres; the data stays");
        close();
        progress.line("Stopped");
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            progress.line("Stopping continues after a failure: " + failure);
        }
    }
}
