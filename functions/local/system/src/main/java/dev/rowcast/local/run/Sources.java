package dev.rowcast.local.run;

import dev.rowcast.local.knative.http.Subscriber;
import dev.rowcast.local.knative.source.DeadLetters;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.RetryPolicy;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.manifest.Delivery;
import dev.rowcast.local.manifest.KafkaSourceManifest;
import dev.rowcast.local.manifest.Manifests;
import dev.rowcast.local.process.StationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The KafkaSources of a run: a dispatcher for each manifest, and what takes their dead letters.
final class Sources implements AutoCloseable {

    private final List<Dispatcher> dispatchers = new ArrayList<>();
    private final Map<String, DeadLetters> deadLetters = new HashMap<>();

    /// @param subscribers whom each function's events go to, by the function's name
    Sources(Manifests manifests, String kafka, Map<String, ? extends Subscriber> subscribers, Consumer<String> log) {
        for (KafkaSourceManifest source : manifests.sources()) {
            if (!source.ordering().equals("unordered")) {
                throw new StationFailure("KafkaSource " + source.name() + " is " + source.ordering()
                        + "; a local run delivers unordered only");
            }
            DeadLetters letters = deadLetters.computeIfAbsent(
                    manifests.deadLetterTopic(source), topic -> new DeadLetters(kafka, topic, log));
            dispatchers.add(
                    new Dispatcher(plan(source), kafka, subscribers.get(source.service()), Optional.of(letters), log));
        }
    }

    private static SourcePlan plan(KafkaSourceManifest source) {
        return new SourcePlan(
                source.namespace(),
                source.name(),
                source.topics(),
                source.consumerGroup(),
                source.initialOffset(),
                "http://" + source.service() + "." + source.namespace() + ".svc.cluster.local",
                retryPolicy(source.delivery()),
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

    List<Dispatcher> all() {
        return List.copyOf(dispatchers);
    }

    @Override
    public void close() {
        dispatchers.parallelStream().forEach(Dispatcher::close);
        deadLetters.values().forEach(DeadLetters::close);
    }
}
