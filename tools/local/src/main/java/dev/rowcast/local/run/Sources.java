package dev.rowcast.local.run;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.DeadLetterSink;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.process.StationFailure;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The KafkaSources of a run: one dispatcher per manifest, and their dead letter topics.
final class Sources implements AutoCloseable {

    private final Vertx vertx;
    private final Manifests manifests;
    private final String kafka;
    private final Map<String, ? extends EventSubscriber> subscribers;
    private final RunOverrides overrides;
    private final Consumer<String> log;
    private final Map<String, DeadLetterSink> deadLetters = new HashMap<>();
    private volatile List<Dispatcher> dispatchers;
    private boolean closed;

    /// @param subscribers receiver of the events for each function, by the function's name
    Sources(
            Vertx vertx,
            Manifests manifests,
            String kafka,
            Map<String, ? extends EventSubscriber> subscribers,
            RunOverrides overrides,
            Consumer<String> log) {
        this.vertx = vertx;
        this.manifests = manifests;
        this.kafka = kafka;
        this.subscribers = Map.copyOf(subscribers);
        this.overrides = overrides;
        this.log = log;
        this.dispatchers = create();
    }

    private List<Dispatcher> create() {
        return manifests.sources().stream().map(this::dispatcher).toList();
    }

    private Dispatcher dispatcher(KafkaSourceManifest source) {
        if (!source.ordering().equals("unordered")) {
            throw new StationFailure("KafkaSource " + source.name() + " is " + source.ordering()
                    + "; a local run delivers unordered only");
        }
        DeadLetterSink letters = deadLetters.computeIfAbsent(
                manifests.deadLetterTopic(source),
                topic -> new DeadLetterSink(vertx, kafka, topic, largestLetter(topic), log));
        EventSubscriber subscriber = overrides.before(source.name(), subscribers.get(source.service()));
        return new Dispatcher(
                plan(source), kafka, subscriber, Optional.of(letters.address()), log, overrides.inFlight());
    }

    /// The limit that `make deploy` demands of the KafkaSink on a cluster: the topic's.
    private int largestLetter(String topic) {
        return manifests.topics().stream()
                .filter(declared -> declared.name().equals(topic))
                .mapToInt(KafkaTopicManifest::largestRecord)
                .findFirst()
                .orElseThrow();
    }

    private SourcePlan plan(KafkaSourceManifest source) {
        RetryPolicy manifest = SourcePlan.retries(source.delivery());
        return new SourcePlan(
                source.namespace(),
                source.name(),
                source.topics(),
                source.consumerGroup(),
                source.initialOffset(),
                "http://" + source.service() + "." + source.namespace() + ".svc.cluster.local",
                overrides.retries(manifest),
                manifest,
                source.extensions());
    }

    void start() {
        dispatchers.forEach(Dispatcher::start);
    }

    /// Drops all dispatchers without a commit, and starts new ones.
    synchronized void replace() {
        if (closed) {
            return;
        }
        dispatchers.parallelStream().forEach(Dispatcher::drop);
        dispatchers = create();
        start();
    }

    List<Dispatcher> all() {
        return dispatchers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        dispatchers.parallelStream().forEach(Dispatcher::close);
        deadLetters.values().forEach(DeadLetterSink::close);
    }
}
