package dev.rowcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.DeadLetterRecord;
import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.station.Kafka;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kn replay dead-letters` with a real Kafka and a function that accepts events once it is repaired. Each
/// test continues the previous one.
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLettersIT {

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root());
    private static final String TOPIC =
            MANIFESTS.sinks().stream().map(KafkaSinkManifest::topic).findFirst().orElseThrow();
    private static final List<String> BODIES = new CopyOnWriteArrayList<>();
    private static final List<MultiMap> HEADERS = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static HttpServer function;
    private static Kafka kafka;
    private static volatile boolean repaired;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        function = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    BODIES.add(body.toString());
                    HEADERS.add(request.headers());
                    if (repaired) {
                        request.response().setStatusCode(204).end();
                    } else {
                        request.response()
                                .setStatusCode(422)
                                .putHeader("kne-rowcastreason", "column-unreadable")
                                .putHeader("kne-rowcastmessage", "tenure is no number")
                                .end();
                    }
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        kafka = Kafka.start(folder.resolve("kafka"));
        kafka.createTopics(MANIFESTS.topics());
        runsAt(kafka.clusterId());
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    @Order(1)
    void emptyTopicIsReportedInOneLine() throws Exception {
        assertThat(run("list").exits(0).out()).isEqualTo("No dead letters in " + TOPIC + ".\n");
    }

    @Test
    @Order(2)
    void lettersAreCountedByKindAndListed() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < 3; number++) {
                producer.send(DeadLetterRecord.of(letter(number, "not-json"), TOPIC))
                        .get();
            }
            producer.send(DeadLetterRecord.of(letter(3, "feature-missing"), TOPIC))
                    .get();
        }

        List<KnReplayProcess.Result> lists = lists(
                "", "--reason not-json", "--function indexer", "--each --from 1h -o json", "--each --to 1h -o json");

        assertThat(lists.get(0).exits(0).out())
                .contains(
                        "4 dead letters in " + TOPIC,
                        "feature-missing  predictor  422     1",
                        "not-json         predictor  422     3");
        assertThat(lists.get(1).exits(0).out())
                .contains("3 of 4", "0/0", "0/1", "0/2", "key-0", "why 2")
                .doesNotContain("key-3");
        assertThat(lists.get(2).exits(0).out()).contains("None of the 4");
        assertThat(lists.get(3).exits(0).json().path("letters")).hasSize(4);
        assertThat(lists.get(4).exits(0).json().path("letters")).isEmpty();
    }

    @Test
    @Order(3)
    void letterIsShownInFull() throws Exception {
        assertThat(run("show", "0/2").exits(0).out())
                .contains("reason     not-json", "ce_key: key-2", "ce_knativeerrordata: why at length", "{\"op\":2");
        assertThat(run("show", "0/4").exits(2).err()).contains("there is no dead letter 0/4");
    }

    @Test
    @Order(4)
    void dryRunSendsNothing() throws Exception {
        assertThat(run("send", "--all", "--dry-run").exits(0).out()).contains("4 letters would be sent, nothing was");
        assertThat(BODIES).isEmpty();
    }

    @Test
    @Order(5)
    void secondRefusalIsRecordedWithItsReason() throws Exception {
        assertThat(run("send", "0/1").exits(1).out()).contains("0 accepted, 1 refused", "column-unreadable");

        assertThat(BODIES).containsExactly("{\"op\":1");
        assertThat(run("list", "--reason", "not-json").exits(0).out()).contains("refused 422 column-unreadable");
    }

    @Test
    @Order(6)
    void repairedFunctionAcceptsEachLetterOnceUnchanged() throws Exception {
        repaired = true;
        BODIES.clear();
        HEADERS.clear();

        assertThat(run("send", "--reason", "not-json").exits(0).out()).contains("3 accepted, 0 refused");

        assertThat(BODIES).containsExactlyInAnyOrder("{\"op\":0", "{\"op\":1", "{\"op\":2");
        assertThat(HEADERS).allSatisfy(headers -> {
            assertThat(headers.get("ce-id")).startsWith("partition:0/offset:");
            assertThat(headers.get("ce-key")).startsWith("key-");
            assertThat(headers.get("kn-namespace")).isEqualTo("rowcast");
            assertThat(headers.names())
                    .noneMatch(name -> name.contains("knativeerror") || name.contains("rowcastreason"));
        });
    }

    @Test
    @Order(7)
    void acceptedLettersAreSentAgainOnlyWithAgain() throws Exception {
        BODIES.clear();

        assertThat(run("send", "--reason", "not-json").exits(0).out())
                .contains("0 accepted, 0 refused, 3 accepted before");
        assertThat(BODIES).isEmpty();
        JsonNode all = run("send", "--all", "-o", "json").exits(0).json();
        assertThat(all.path("accepted").asInt()).isEqualTo(1);
        assertThat(BODIES).containsExactly("{\"op\":3");

        assertThat(run("send", "0/0", "--again").exits(0).out()).contains("1 accepted");
        assertThat(run("list", "--each").exits(0).out().split("accepted 204", -1))
                .hasSize(5);
    }

    @Test
    @Order(8)
    void clientPropertiesHoldTheAddressOfKafka() throws Exception {
        Path properties = Files.writeString(
                folder.resolve("client.properties"),
                "bootstrap.servers=%s%nsecurity.protocol=PLAINTEXT%n".formatted(kafka.address()));

        assertThat(KnReplayProcess.run(folder, "dead-letters", "list", "--client-properties", properties.toString())
                        .exits(0)
                        .out())
                .contains("4 dead letters");
    }

    @Test
    @Order(9)
    void missingServerIsReportedInOneLine() throws Exception {
        Path nowhere = Files.createDirectories(folder.resolve("nowhere"));
        String gone = "127.0.0.1:" + Port.choose(0);

        assertThat(KnReplayProcess.run(Path.of("/"), "dead-letters", "list", "--local")
                        .exits(3)
                        .err()
                        .lines())
                .singleElement()
                .asString()
                .contains("Rowcast is not up", "make run");
        assertThat(KnReplayProcess.run(nowhere, "dead-letters", "list", "--kafka", gone)
                        .exits(3)
                        .err()
                        .lines())
                .singleElement()
                .asString()
                .contains("cannot be read");
        assertThat(run("send", "--all", "--again", "--sink", "http://" + gone)
                        .exits(3)
                        .err()
                        .lines())
                .singleElement()
                .asString()
                .contains("no server listens at http://" + gone);
    }

    @Test
    @Order(10)
    void kafkaOfAnotherRunIsRefused() throws Exception {
        runsAt("the-one-before");
        try {
            assertThat(run("list").exits(3).err().lines())
                    .singleElement()
                    .asString()
                    .contains("is not the one of", "the-one-before", kafka.clusterId());
        } finally {
            runsAt(kafka.clusterId());
        }
    }

    private static KnReplayProcess.Result run(String... arguments) throws Exception {
        return KnReplayProcess.run(
                folder,
                Stream.of(Stream.of("dead-letters"), Stream.of(arguments), Stream.of("--local"))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private static List<KnReplayProcess.Result> lists(String... options) throws Exception {
        return KnReplayProcess.shells(
                folder,
                Stream.of(options)
                        .map(words -> "kn-replay dead-letters list " + words + " --local")
                        .toList());
    }

    private static void runsAt(String cluster) throws IOException {
        Path addresses = Files.createDirectories(folder.resolve(".rowcast")).resolve("addresses.json");
        ProcessHandle launcher = ProcessHandle.current();
        Files.writeString(addresses, """
                {"launcher": {"pid": %d, "started": %d}, "kafka": "%s", "kafkaCluster": "%s",
                 "functions": [{"name": "predictor", "url": "http://127.0.0.1:%d"}]}""".formatted(
                        launcher.pid(),
                        launcher.info().startInstant().orElseThrow().toEpochMilli(),
                        kafka.address(),
                        cluster,
                        function.actualPort()));
    }

    private static CloudEvent letter(int number, String reason) {
        CloudEvent event = new CloudEvent(
                Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        "partition:0/offset:" + number,
                        "type",
                        "dev.knative.kafka.event",
                        "source",
                        "/apis/v1/namespaces/rowcast/kafkasources/predictor#churn.public.t",
                        "key",
                        "key-" + number,
                        "partitionkey",
                        "key-" + number),
                Optional.empty(),
                Optional.of(Buffer.buffer("{\"op\":" + number)));
        return event.with(ErrorExtensions.extensions(
                "http://predictor.rowcast.svc.cluster.local",
                new FunctionResponse.Answered(
                        422,
                        MultiMap.caseInsensitiveMultiMap()
                                .set("kne-rowcastreason", reason)
                                .set("kne-rowcastfunction", "predictor")
                                .set("kne-rowcastmessage", "why " + number),
                        Buffer.buffer("why at length".getBytes(UTF_8)))));
    }
}
