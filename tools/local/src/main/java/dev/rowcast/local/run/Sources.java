package dev.rowcast.local.run;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.DeadLetters;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.testkit.manifest.Delivery;
import dev.rowcast.testkit.manifest.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The KafkaSources of a run: a dispatcher for each manifest, and what takes their dead letters.
final class Sources implements AutoCloseable {

    private final Manifests manifests;
    private final String kafka;
    private final Map<String, ? extends EventSubscriber> subscribers;
    private final Wiring wiring;
    private final Consumer<String> log;
    private final Map<String, DeadLetters> deadLetters = new HashMap<>();
    private volatile List<Dispatcher> dispatchers;
    private boolean closed;

    /// @param subscribers whom each function's events go to, by the function's name
    /// @param wiring what stands before them
    Sources(
            Manifests manifests,
            String kafka,
            Map<String, ? extends EventSubscriber> subscribers,
            Wiring wiring,
            Consumer<String> log) {
        this.manifests = manifests;
        this.kafka = kafka;
        this.subscribers = Map.copyOf(subscribers);
        this.wiring = wiring;
        this.log = log;
        this.dispatchers = make();
    }

    private List<Dispatcher> make() {
        return manifests.sources().stream().map(this::dispatcher).toList();
    }

    private Dispatcher dispatcher(KafkaSourceManifest source) {
        if (!source.ordering().equals("unordered")) {
            throw new StationFailure("KafkaSource " + source.name() + " is " + source.ordering()
                    + "; a local run delivers unordered only");
        }
        DeadLetters letters = deadLetters.computeIfAbsent(
                manifests.deadLetterTopic(source), topic -> new DeadLetters(kafka, topic, log));
        EventSubscriber subscriber = wiring.before(source.name(), subscribers.get(source.service()));
        return new Dispatcher(plan(source), kafka, subscriber, Optional.of(letters), log, wiring.inFlight());
    }

    private SourcePlan plan(KafkaSourceManifest source) {
        return new SourcePlan(
                source.namespace(),
                source.name(),
                source.topics(),
                source.consumerGroup(),
                source.initialOffset(),
                "http://" + source.service() + "." + source.namespace() + ".svc.cluster.local",
                wiring.retries(retryPolicy(source.delivery())),
                source.extensions());
    }

    private static RetryPolicy retryPolicy(Delivery delivery) {
        RetryPolicy.BackOff backOff = switch (delivery.backOff()) {
            case LINEAR -> RetryPolicy.BackOff.LINEAR;
            case EXPONENTIAL -> RetryPolicy.BackOff.EXPONENTIAL;
        };
        return new RetryPolicy(delivery.retries(), backOff, delivery.delay(), delivery.timeout());
    }

    void start() {
        dispatchers.forEach(Dispatcher::start);
    }

    /// Drops all dispatchers without a commit, and goes on with new ones.
    synchronized void replace() {
        if (closed) {
            return;
        }
        dispatchers.parallelStream().forEach(Dispatcher::drop);
        dispatchers = make();
        start();
    }

    List<Dispatcher> all() {
        return dispatchers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        dispatchers.parallelStream().forEach(Dispatcher::close);
        deadLetters.values().forEach(DeadLetters::close);
    }
}
