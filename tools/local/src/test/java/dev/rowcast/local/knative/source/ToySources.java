package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.delivery.RetryPolicy.BackOff;
import dev.rowcast.testkit.station.Kafka;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The functions of a test, and the dispatchers that post to them, each with a dead letter sink.
final class ToySources {

    /// Long enough for Kafka behind the sink.
    static final RetryPolicy THREE_TRIES =
            new RetryPolicy(2, BackOff.LINEAR, Duration.ofMillis(10), Duration.ofSeconds(60));

    private final Kafka kafka;
    private final String topic;
    private final Vertx vertx = Vertx.vertx();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /// Creates the topic and its topic of dead letters.
    ToySources(Kafka kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
        SourceTopics topics = new SourceTopics(kafka);
        topics.create(topic);
        topics.create(deadLetterTopic());
        open.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    }

    String deadLetterTopic() {
        return topic + ".dead-letters";
    }

    List<String> log() {
        return log;
    }

    ToySubscriber subscriber(Consumer<ToySubscriber.Got> behaviour) {
        ToySubscriber subscriber = new ToySubscriber(behaviour);
        open.add(subscriber);
        return subscriber;
    }

    /// @param policy at the function; at the sink it is [#THREE_TRIES]
    Dispatcher start(ToySubscriber function, RetryPolicy policy) {
        DeadLetterSink deadLetters =
                new DeadLetterSink(vertx, kafka.address(), deadLetterTopic(), DeadLetterSink.KNATIVE_LIMIT, log::add);
        open.add(deadLetters);
        SourcePlan plan = new SourcePlan(
                "rowcast",
                "toy",
                List.of(topic),
                topic,
                "earliest",
                "http://toy.rowcast",
                policy,
                THREE_TRIES,
                Map.of());
        Dispatcher dispatcher = new Dispatcher(
                plan,
                kafka.address(),
                function.address(),
                Optional.of(deadLetters.address()),
                log::add,
                Dispatcher.IN_FLIGHT);
        open.add(dispatcher);
        dispatcher.start();
        return dispatcher;
    }

    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }
}
