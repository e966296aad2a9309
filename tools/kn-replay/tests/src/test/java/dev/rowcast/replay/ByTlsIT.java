package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Kafka;
import dev.rowcast.testkit.tls.CertificateAuthority;
import dev.rowcast.testkit.tls.Credential;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kn replay` with a Kafka that is secured as in a cluster: TLS, a certificate for each client, and the
/// rights of `strimzi/users.yaml`.
@Timeout(300)
class ByTlsIT {

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root());
    private static final String TOPIC = MANIFESTS.sources().getFirst().topics().getFirst();

    @TempDir
    private static Path folder;

    private static CertificateAuthority authority;
    private static Kafka kafka;
    private static Credential operator;

    @BeforeAll
    static void start() throws Exception {
        authority = CertificateAuthority.make(folder, "cluster");
        operator = authority.issue("operator");
        kafka = Kafka.secured(folder.resolve("kafka"), authority);
        kafka.start();
        kafka.createTopics(MANIFESTS.topics());
        kafka.createUsers();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new StringSerializer(), new StringSerializer())) {
            for (int number = 0; number < 5; number++) {
                producer.send(new ProducerRecord<>(TOPIC, "key-" + number, "{}"))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void operatorReadsTopicsAndDeadLetters() throws Exception {
        Path properties = properties(operator);

        assertReads(properties);
        assertThat(KnReplayProcess.run(folder, "dead-letters", "list", "--client-properties", properties.toString())
                        .exits(0)
                        .out())
                .startsWith("No dead letters in ");
    }

    /// The settings of the job in the cluster, with other folders and another address.
    @Test
    void operatorReadsTopicsWithMountedCertificates() throws Exception {
        Path secrets = Files.createTempDirectory(folder, "secrets");
        Path user = Files.createDirectories(secrets.resolve("kafka-user"));
        Files.writeString(user.resolve("user.crt"), operator.certificate());
        Files.writeString(user.resolve("user.key"), operator.key());
        Path authorities = Files.createDirectories(secrets.resolve("kafka-ca"));
        Files.writeString(authorities.resolve("ca.crt"), authority.certificate());
        String address = kafka.secureClient(operator).get("bootstrap.servers").toString();
        Path properties = Files.writeString(
                secrets.resolve("client.properties"),
                Files.readString(Checkout.find().resolve("replay/client.properties"))
                        .replace("/etc/rowcast", secrets.toString())
                        .replace("rowcast-kafka-bootstrap.rowcast.svc:9093", address));

        assertReads(properties);
    }

    @Test
    void certificateWithoutTheRightIsRefusedWithTheReason() throws Exception {
        String properties = properties(authority.issue("sink-dead-letters")).toString();

        KnReplayProcess.Result result = KnReplayProcess.run(
                folder, "topic", TOPIC, "--sink", "http://127.0.0.1:1", "--dry-run", "--client-properties", properties);

        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("uthoriz").doesNotContain("\tat ");
    }

    private static void assertReads(Path properties) throws Exception {
        assertThat(KnReplayProcess.run(
                                folder,
                                "topic",
                                TOPIC,
                                "--sink",
                                "http://127.0.0.1:1",
                                "--dry-run",
                                "--client-properties",
                                properties.toString())
                        .exits(0)
                        .out())
                .contains("5 events would be sent");
    }

    private static Path properties(Credential user) throws IOException {
        Properties properties = new Properties();
        properties.putAll(kafka.secureClient(user));
        Path file = Files.createTempFile(folder, "client", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }
}
