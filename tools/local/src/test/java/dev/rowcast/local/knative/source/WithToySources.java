package dev.rowcast.local.knative.source;

import static org.awaitility.Awaitility.await;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.testkit.station.Kafka;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Tests of dispatchers with a real Kafka: each test has a topic of its own, named like the test.
abstract class WithToySources {

    static final RetryPolicy THREE_TRIES = ToySources.THREE_TRIES;

    @TempDir
    static Path folder;

    static Kafka kafka;
    static SourceTopics topics;

    String topic;
    ToySources sources;

    @BeforeAll
    static void startKafka() {
        kafka = Kafka.start(folder.resolve("kafka"));
        topics = new SourceTopics(kafka);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        sources = new ToySources(kafka, topic);
    }

    @AfterEach
    void close() throws Exception {
        sources.close();
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
