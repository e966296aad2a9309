package dev.rowcast.peers.contender;

import dev.rowcast.local.LauncherLog;
import dev.rowcast.local.aot.AotTraining;
import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.source.DeadLetterSink;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.run.FunctionPlans;
import dev.rowcast.peer.PeerSettings;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rowcast's part of the benchmark: the predictor and, in place of Knative, its dispatcher and activator, in a
/// process of their own.
public final class RowcastPath {

    /// Variable with the URI of Postgres.
    static final String POSTGRES = "BENCH_POSTGRES_URI";

    /// Variable with the password of the predictor.
    static final String PASSWORD = "BENCH_PREDICTOR_PASSWORD";

    private static final int CONNECTIONS = 100;
    private static final String SERVICE = "predictor";

    private RowcastPath() {}

    /// Runs until it is ended.
    ///
    /// @param arguments `train` only writes the AOT cache of the predictor, as the first `make run` does
    public static void main(String[] arguments) throws InterruptedException {
        PeerSettings settings = PeerSettings.ofEnvironment();
        LauncherLog.into(settings.state());
        Checkout checkout = Checkout.find();
        Manifests manifests = Manifests.read(checkout.root());
        KnativeServiceManifest service = manifests.services().stream()
                .filter(manifest -> manifest.name().equals(SERVICE))
                .findFirst()
                .orElseThrow();
        FunctionPlans plans = FunctionPlans.ofOneTable(
                checkout, settings.state(), addresses(), secrets(), Optional.of(Duration.ofHours(1)));
        if (List.of(arguments).contains("train")) {
            AotTraining.start(plans.trained(service).stream().toList(), System.err::println)
                    .await();
            return;
        }
        run(settings, manifests, service, plans);
    }

    private static void run(
            PeerSettings settings, Manifests manifests, KnativeServiceManifest service, FunctionPlans plans) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Activator activator = new Activator(
                plans.plan(service),
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS)),
                System.err::println);
        activator.start();
        KafkaSourceManifest source = manifests.sources().stream()
                .filter(manifest -> manifest.service().equals(SERVICE))
                .findFirst()
                .orElseThrow();
        DeadLetterSink letters = new DeadLetterSink(
                vertx,
                settings.kafka(),
                manifests.deadLetterTopic(source),
                largest(manifests, source),
                System.err::println);
        Dispatcher dispatcher = new Dispatcher(
                plan(source, settings),
                settings.kafka(),
                activator,
                Optional.of(letters.address()),
                System.err::println,
                Dispatcher.IN_FLIGHT);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            dispatcher.close();
            activator.close();
        }));
        dispatcher.start();
    }

    private static int largest(Manifests manifests, KafkaSourceManifest source) {
        return manifests.topics().stream()
                .filter(topic -> topic.name().equals(manifests.deadLetterTopic(source)))
                .mapToInt(KafkaTopicManifest::largestRecord)
                .findFirst()
                .orElseThrow();
    }

    private static SourcePlan plan(KafkaSourceManifest source, PeerSettings settings) {
        return new SourcePlan(
                source.namespace(),
                source.name(),
                source.topics(),
                settings.group(),
                source.initialOffset(),
                "http://" + source.service() + "." + source.namespace() + ".svc.cluster.local",
                SourcePlan.retries(source.delivery()),
                SourcePlan.retries(source.delivery()),
                source.extensions());
    }

    private static Map<String, String> addresses() {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", System.getenv(POSTGRES),
                "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "disable",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "false");
    }

    private static Map<String, String> secrets() {
        return Map.of(
                "rowcast-postgres-predictor-login/username",
                "predictor",
                "rowcast-postgres-predictor-login/password",
                System.getenv(PASSWORD));
    }
}
