package dev.rowcast.local.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.local.Rowcast;
import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.manifest.KafkaSinkManifest;
import dev.rowcast.local.manifest.Manifests;
import dev.rowcast.local.process.StationFailure;
import dev.rowcast.local.station.Kafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ListDeadLettersIT {

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root());
    private static final String TOPIC =
            MANIFESTS.sinks().stream().map(KafkaSinkManifest::topic).findFirst().orElseThrow();

    @TempDir
    Path folder;

    @Test
    void lettersOfTheRunningSystemAreCountedAndListed() throws Exception {
        try (Kafka kafka = Kafka.start(folder.resolve("kafka"))) {
            kafka.createTopics(MANIFESTS.topics());
            runsAt(kafka.address());
            assertThat(report(Optional.empty())).isEqualTo("No dead letters in " + TOPIC + ".\n");

            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.address()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int number = 0; number < 3; number++) {
                    producer.send(letter("not-json", "key-" + number)).get();
                }
                producer.send(letter("feature-missing", "key-3")).get();
            }

            assertThat(report(Optional.empty()))
                    .contains("4 dead letters", "feature-missing  predictor  422     1", "predictor  422     3");
            assertThat(report(Optional.of("not-json")))
                    .contains("key-0", "key-1", "key-2")
                    .doesNotContain("key-3");
        }
    }

    @Test
    void systemThatIsNotUpIsSaidPlainly() {
        assertThatThrownBy(() -> report(Optional.empty()))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("Rowcast is not up")
                .hasMessageContaining("make run");
    }

    @Test
    void systemThatWasKilledAndLeftItsAddressesIsSaidPlainly() throws Exception {
        runsAt("127.0.0.1:" + freePort());

        assertThatThrownBy(() -> report(Optional.empty()))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("Kafka at 127.0.0.1:")
                .hasMessageNotContaining("\n");
    }

    @Test
    void commandEndsWithOneLineAndAStatusWhenNothingIsUp() throws Exception {
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + Checkout.PROPERTY + "=" + Checkout.find().root(),
                        "-D" + Rowcast.FOLDER + "=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListDeadLetters.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(command.getInputStream().readAllBytes(), UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("No dead letters can be listed. Rowcast is not up");
        assertThat(command.waitFor()).isEqualTo(1);
    }

    private String report(Optional<String> reason) {
        return ListDeadLetters.report(folder, MANIFESTS, reason);
    }

    private void runsAt(String kafka) throws IOException {
        Files.writeString(folder.resolve("addresses.json"), "{\"kafka\": \"" + kafka + "\"}");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(String reason, String key) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), "{".getBytes(UTF_8));
        letter.headers()
                .add("ce_rowcastreason", reason.getBytes(UTF_8))
                .add("ce_rowcastfunction", "predictor".getBytes(UTF_8))
                .add("ce_knativeerrorcode", "422".getBytes(UTF_8));
        return letter;
    }
}
