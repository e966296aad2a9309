package dev.rowcast.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.audit.Audit;
import dev.rowcast.local.audit.IndependentScorer;
import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.Dispatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The path from WAL to search with everything real. The system is started once, so the tests have an order: each goes
/// on
/// where the last one ended.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PathST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration IDLE = Duration.ofSeconds(6);
    private static final long SEED = Long.getLong("seed", 20261125);
    private static final String CUSTOMER = "2718-YSKCS";

    private static LocalSystem system;
    private static IndependentScorer scorer;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Checkout checkout = Checkout.find();
        system = LocalSystem.start(
                checkout, folder, RunSettings.quiet().withIdle(IDLE), line -> System.out.println("  " + line));
        scorer = new IndependentScorer(checkout.resolve("trainer-notebook/model/churn.onnx"), system.contract());
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
        scorer.close();
    }

    @Test
    @Order(1)
    void insertedRowIsScoredStoredAndSearchable() throws Exception {
        execute("INSERT INTO person_churn_history VALUES ('2718-YSKCS','Female',0,'Yes','No',1,'No',"
                + "'No phone service','DSL','No','Yes','No','No','No','No','Month-to-month','Yes',"
                + "'Electronic check',29.85,'29.85',NULL)");

        awaitTruth();

        assertThat(probability(CUSTOMER)).isBetween(0.0, 1.0);
        assertThat(searched("churn_prediction", CUSTOMER)).contains(captured("churn_prediction", CUSTOMER));
    }

    @Test
    @Order(2)
    void updateChangesTheScore() throws Exception {
        double before = probability(CUSTOMER);

        execute("UPDATE person_churn_history SET contract = 'Two year', tenure = 60 WHERE customerid = '2718-YSKCS'");
        awaitTruth();

        assertThat(probability(CUSTOMER)).isLessThan(before);
        assertThat(captured("operation", CUSTOMER)).isEqualTo("u");
        assertThat(captured("previous ->> 'contract'", CUSTOMER)).isEqualTo("Month-to-month");
    }

    @Test
    @Order(3)
    void deleteMarksTheRowInBothStores() throws Exception {
        execute("DELETE FROM person_churn_history WHERE customerid = '2718-YSKCS'");
        awaitTruth();

        assertThat(captured("deleted", CUSTOMER)).isEqualTo("t");
        assertThat(searched("deleted", CUSTOMER)).contains("true");
    }

    @Test
    @Order(4)
    void idleFunctionsAreGone() {
        List<Long> processes = system.activators().values().stream()
                .flatMap(activator -> activator.status().pid().stream().boxed())
                .toList();

        await().atMost(PATIENCE)
                .until(() -> system.activators().values().stream()
                        .allMatch(activator -> activator.status().pid().isEmpty()));
        await().atMost(PATIENCE)
                .until(() -> processes.stream()
                        .allMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isEmpty()));
    }

    @Test
    @Order(5)
    void twoThousandChangesEndInStoresThatEqualTheSource() throws Exception {
        System.out.println("  seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        long coldStarts = coldStarts();
        try (SourceChanges changes = new SourceChanges(jdbc(), system.contract(), SEED)) {
            changes.make(1_000);
            killOneFunction();
            changes.make(1_000);
            awaitTruth();
            assertThat(changes.made()).isEqualTo(2_000);
        }

        assertThat(coldStarts()).isGreaterThan(coldStarts + 2);
        assertThat(system.dispatchers()).allSatisfy(dispatcher -> {
            assertThat(dispatcher.counts().deadLettered()).isZero();
            assertThat(dispatcher.counts().dropped()).isZero();
        });
        System.out.println("  delivered: "
                + system.dispatchers().stream().map(Dispatcher::counts).toList());
    }

    @Test
    @Order(6)
    void poisonIsADeadLetterWithItsReasonAndItsNeighboursGoOn() throws Exception {
        String topic = system.dispatchers().getFirst().plan().topics().getFirst();
        byte[] poison = "{\"op\":".getBytes(UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.stations().kafka().address()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "POISON".getBytes(UTF_8), poison))
                    .get();
        }
        execute("INSERT INTO person_churn_history (customerid, tenure) VALUES ('NEIGHBOUR', 3)");
        awaitTruth();

        List<ConsumerRecord<byte[], byte[]>> letters =
                deadLetters(system.dispatchers().size());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(header(letter, "ce_rowcastreason")).isEqualTo("not-json");
            assertThat(header(letter, "ce_knativeerrorcode")).isEqualTo("422");
        });
        assertThat(letters)
                .extracting(letter -> header(letter, "ce_rowcastfunction"))
                .containsExactlyInAnyOrderElementsOf(system.functions());
        assertThat(system.dispatchers())
                .allSatisfy(
                        dispatcher -> assertThat(dispatcher.counts().dropped()).isZero());
    }

    @Test
    @Order(7)
    void auditSeesAPredictionThatIsNotTheModelsAndTheNextChangeMendsIt() throws Exception {
        try (Connection superuser = system.stations().postgres().connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE person_churn_history_captured SET churn_probability = 1 - churn_probability / 2"
                    + " WHERE customerid = 'NEIGHBOUR'");
        }
        assertThat(audit().differences())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("captured table, NEIGHBOUR: ")
                        .contains("probability"));

        execute("UPDATE person_churn_history SET tenure = tenure WHERE customerid = 'NEIGHBOUR'");
        awaitTruth();
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
        TopicPartition partition =
                new TopicPartition(system.manifests().sinks().getFirst().topic(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", system.stations().kafka().address(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return letters.size() >= count;
            });
            return letters;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    /// Until everything is delivered and nothing differs.
    private static void awaitTruth() {
        Audit audit =
                new Audit(jdbc(), URI.create(system.stations().elasticsearch().address()), system.contract(), scorer);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(audit.differences()).isEmpty());
    }

    private static Audit audit() {
        return new Audit(jdbc(), URI.create(system.stations().elasticsearch().address()), system.contract(), scorer);
    }

    private static void killOneFunction() {
        await().atMost(PATIENCE)
                .until(() ->
                        predictor().pid().isPresent() && predictor().state().equals("up"));
        ProcessHandle.of(predictor().pid().getAsLong()).orElseThrow().destroyForcibly();
    }

    private static FunctionStatus predictor() {
        return system.activators().get("predictor").status();
    }

    private static long coldStarts() {
        return system.activators().values().stream()
                .mapToLong(activator -> activator.status().coldStarts())
                .sum();
    }

    private static String jdbc() {
        return system.stations().postgres().jdbcUrl("app");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double probability(String key) throws SQLException {
        return Double.parseDouble(captured("churn_probability", key));
    }

    /// What the captured table has for a key, as text; empty when there is no such row.
    private static String captured(String expression, String key) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + expression
                        + " FROM person_churn_history_captured WHERE customerid = '" + key + "'")) {
            return found.next() ? String.valueOf(found.getString(1)) : "";
        }
    }

    /// What the index of predictions says about a key.
    private static Optional<String> searched(String field, String key) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        system.stations().elasticsearch().address()
                                                + "/person_churn_history_captured/_search?q=customerid:%22" + key
                                                + "%22&filter_path=hits.hits._source." + field))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode value = new JsonMapper().readTree(response.body()).at("/hits/hits/0/_source/" + field);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }
}
