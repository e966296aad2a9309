package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaIT {
    @TempDir
    static Path folder;

    private static final List<KafkaTopicManifest> TOPICS =
            Manifests.read(Checkout.find().root()).topics();

    private static Kafka kafka;

    @BeforeAll
    static void startWithTopics() {
        kafka = Kafka.start(folder.resolve("kafka"));
        kafka.createTopics(TOPICS);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void topicsAreAsTheManifestsSay() throws Exception {
        for (KafkaTopicManifest topic : TOPICS) {
            assertThat(description(topic.name()).partitions())
                    .hasSize(topic.partitions())
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(1));
            assertThat(ownSettings(topic.name())).isEqualTo(topic.config());
        }
    }

    @Test
    void applyingTopicsAgainBringsThemUpToDateAndKeepsTheirRecords() throws Exception {
        // Given a topic on three machines, with one record
        String name = "up-to-date";
        kafka.createTopics(List.of(
                new KafkaTopicManifest(name, 1, 3, Map.of("retention.ms", "1000000", "cleanup.policy", "delete"))));
        TopicRecords.send(kafka, name, "key", "value");

        // When
        KafkaTopicManifest changed =
                new KafkaTopicManifest(name, 2, 3, Map.of("retention.ms", "2000000", "max.message.bytes", "4000000"));
        kafka.createTopics(List.of(changed));
        kafka.createTopics(List.of(changed));

        // Then
        assertThat(description(name).partitions()).hasSize(2);
        assertThat(ownSettings(name)).isEqualTo(changed.config());
        assertThat(TopicRecords.of(kafka, name).values()).containsExactly("value");
        assertThatThrownBy(() -> kafka.createTopics(List.of(new KafkaTopicManifest(name, 1, 1, Map.of()))))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("Topic up-to-date has 2 partitions, its manifest 1");
    }

    @Test
    void aTopicThatNoManifestDeclaresIsNotMadeByAccident() {
        Map<String, Object> impatient = Map.of("bootstrap.servers", kafka.address(), "max.block.ms", 2_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(impatient, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<?> sent = producer.send(new ProducerRecord<>("misspelt", new byte[0]));

            assertThatThrownBy(sent::get).hasMessageContaining("misspelt not present in metadata");
        }
        assertThatThrownBy(() -> description("misspelt")).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void acknowledgedRecordsSurviveAKillAndAnotherStartOnOtherPorts() throws Exception {
        // Given
        Path data = folder.resolve("survives");
        String topic = TOPICS.getFirst().name();
        try (Kafka first = Kafka.start(data)) {
            first.createTopics(TOPICS);
            TopicRecords.send(first, topic, "a", "before the kill");

            // When it is killed and started again, on the same port and then on another
            Restart.afterAKill(first);
            TopicRecords.send(first, topic, "b", "after the kill");
        }
        try (Kafka second = Kafka.start(data)) {
            // Then
            second.createTopics(TOPICS);
            assertThat(TopicRecords.of(second, topic).values())
                    .containsExactlyInAnyOrder("before the kill", "after the kill");
        }
    }

    @Test
    void anEarlyEndIsShownWithTheLogsLastLines() throws IOException {
        // Given a folder that says it is a Kafka and does not say which
        Path data = folder.resolve("broken");
        Files.createDirectories(data.resolve("topics"));
        Files.writeString(data.resolve("topics/meta.properties"), "version=1\n");

        // Then
        try (Kafka broken = Kafka.in(data, 0)) {
            assertThatThrownBy(broken::start)
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining("before it was ready")
                    .hasMessageContaining("Kafka cannot start")
                    .hasMessageContaining(broken.log().toString());
        }
    }

    private static TopicDescription description(String topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        }
    }

    private static Map<String, String> ownSettings(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new HashMap<>();
        try (Admin admin = admin()) {
            for (ConfigEntry entry : admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .entries()) {
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                    settings.put(entry.name(), entry.value());
                }
            }
        }
        return settings;
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.address()));
    }
}
