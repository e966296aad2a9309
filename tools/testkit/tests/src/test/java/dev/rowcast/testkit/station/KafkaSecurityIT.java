package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.tls.CertificateAuthority;
import dev.rowcast.testkit.tls.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real broker with TLS and the ACLs of `strimzi/users.yaml` and of an additional table: each user can do its part
/// and
/// nothing else.
@Timeout(180)
class KafkaSecurityIT {

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root(), List.of("examples/loan"));
    private static final String DEAD_LETTERS = MANIFESTS.sinks().getFirst().topic();

    @TempDir
    static Path folder;

    private static CertificateAuthority authority;
    private static Kafka kafka;

    @BeforeAll
    static void start() {
        authority = CertificateAuthority.make(folder, "cluster");
        kafka = Kafka.secured(folder.resolve("kafka"), authority);
        kafka.start();
        kafka.createTopics(MANIFESTS.topics());
        kafka.createUsers("examples/loan");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @TestFactory
    Stream<DynamicTest> aSourceReadsItsTopicsInItsGroupAndNothingElse() {
        return MANIFESTS.sources().stream()
                .map(source -> dynamicTest(source.name(), () -> {
                    for (String topic : source.topics()) {
                        TopicRecords.send(kafka, topic, "key", "value");
                    }
                    Credential user = authority.issue("source-" + source.name());

                    assertThat(readTopicsOf(source, user)).containsExactlyInAnyOrderElementsOf(source.topics());
                    assertThatThrownBy(() -> read(user, source.consumerGroup(), List.of(DEAD_LETTERS), 1))
                            .isInstanceOf(TopicAuthorizationException.class);
                    assertThatThrownBy(() -> read(user, "rowcast.other", source.topics(), 1))
                            .isInstanceOf(GroupAuthorizationException.class);
                    assertThatThrownBy(() -> write(user, source.topics().getFirst()))
                            .hasCauseInstanceOf(TopicAuthorizationException.class);
                }));
    }

    @Test
    void theSinkWritesDeadLettersAndReadsNone() throws Exception {
        Credential user = authority.issue("sink-dead-letters");

        write(user, DEAD_LETTERS);

        assertThatThrownBy(() -> read(user, "rowcast.replay", List.of(DEAD_LETTERS), 1))
                .isInstanceOfAny(GroupAuthorizationException.class, TopicAuthorizationException.class);
        assertThatThrownBy(() ->
                        write(user, MANIFESTS.sources().getFirst().topics().getFirst()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void connectWritesWhatItsConnectorsWriteAndReadsNoEvent() throws Exception {
        Credential user = authority.issue("connect");

        for (KafkaSourceManifest source : MANIFESTS.sources()) {
            for (String topic : source.topics()) {
                if (topic.startsWith("loan.")) {
                    assertThatThrownBy(() -> write(user, topic)).hasCauseInstanceOf(TopicAuthorizationException.class);
                } else {
                    write(user, topic);
                }
                assertThatThrownBy(() ->
                                read(user, MANIFESTS.connect().workerConfig().get("group.id"), List.of(topic), 1))
                        .isInstanceOf(TopicAuthorizationException.class);
            }
        }
        write(user, MANIFESTS.connect().workerConfig().get("offset.storage.topic"));
        assertThat(read(
                        user,
                        MANIFESTS.connect().workerConfig().get("group.id"),
                        List.of(MANIFESTS.connect().workerConfig().get("offset.storage.topic")),
                        1))
                .hasSize(1);
        assertThatThrownBy(() -> write(user, DEAD_LETTERS)).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    /// With the certificate as `producer.override` has it: PEM, as text.
    @Test
    void theConnectorOfAnotherTableWritesItsOwnTopicsAndReadsNone() throws Exception {
        Credential user = authority.issue("connector-loan");
        Credential operator = authority.issue("operator-loan");

        for (String topic : List.of(
                "loan.public.loan_application",
                "loan.public.loan_application_captured",
                "loan.public.rowcast_signal",
                "loan.notifications",
                "__debezium-heartbeat.loan")) {
            write(user, topic);
        }

        assertThat(read(operator, "rowcast.replay", List.of("loan.notifications"), 1))
                .containsExactly("loan.notifications");
        assertThatThrownBy(() -> read(user, "rowcast.replay", List.of("loan.notifications"), 1))
                .isInstanceOfAny(GroupAuthorizationException.class, TopicAuthorizationException.class);
        for (String topic : List.of("churn.public.person_churn_history", "__debezium-heartbeat.churn", DEAD_LETTERS)) {
            assertThatThrownBy(() -> write(user, topic)).hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        assertThatThrownBy(() -> read(operator, "rowcast.replay", List.of("churn.notifications"), 1))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void anOperatorReadsEventsAndDeadLettersAndWritesNoEvent() throws Exception {
        Credential user = authority.issue("operator");
        TopicRecords.send(kafka, DEAD_LETTERS, "key", "value");

        assertThat(read(user, "rowcast.replay", List.of(DEAD_LETTERS), 1)).isNotEmpty();
        assertThatThrownBy(() ->
                        write(user, MANIFESTS.sources().getFirst().topics().getFirst()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(user, "rowcast.predictor", List.of(DEAD_LETTERS), 1))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void clientWithoutAValidCertificateIsRefused() {
        CertificateAuthority stranger = CertificateAuthority.make(folder, "stranger");
        Map<String, Object> without = kafka.secureClient(authority.issue("nobody"));
        without.keySet().removeIf(name -> name.startsWith("ssl.keystore"));

        assertThatThrownBy(() -> describe(without)).hasCauseInstanceOf(SslAuthenticationException.class);
        assertThatThrownBy(() -> describe(kafka.secureClient(stranger.issue("source-predictor"))))
                .hasCauseInstanceOf(SslAuthenticationException.class);
    }

    private static void describe(Map<String, Object> settings) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get();
        }
    }

    private static List<String> readTopicsOf(KafkaSourceManifest source, Credential user) {
        return read(
                        user,
                        source.consumerGroup(),
                        source.topics(),
                        source.topics().size())
                .stream()
                .distinct()
                .toList();
    }

    /// The topics of the first records, as many as wanted; the offsets are committed.
    private static List<String> read(Credential user, String group, List<String> topics, int wanted) {
        Map<String, Object> settings = kafka.secureClient(user);
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(topics);
            while (found.stream().distinct().count() < wanted) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.topic()));
            }
            consumer.commitSync();
        }
        return found;
    }

    private static void write(Credential user, String topic) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = kafka.secureClient(user);
        settings.put("enable.idempotence", false);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
        }
    }
}
