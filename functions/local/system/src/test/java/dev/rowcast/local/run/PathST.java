package dev.rowcast.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.audit.Audit;
import dev.rowcast.local.audit.CaseEvents;
import dev.rowcast.local.audit.IndependentScorer;
import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
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
        assertThat(probability(CUSTOMER)).isGreaterThan(threshold());
        assertThat(caseOf(CUSTOMER)).isEqualTo("open 1");
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
        assertThat(caseOf(CUSTOMER)).isEqualTo("closed 1 below-threshold");
    }

    @Test
    @Order(3)
    void deleteMarksTheRowInBothStoresAndClosesTheCase() throws Exception {
        execute("UPDATE person_churn_history SET contract = 'Month-to-month', tenure = 1"
                + " WHERE customerid = '2718-YSKCS'");
        awaitTruth();
        assertThat(caseOf(CUSTOMER)).isEqualTo("open 2");

        execute("DELETE FROM person_churn_history WHERE customerid = '2718-YSKCS'");
        awaitTruth();

        assertThat(captured("deleted", CUSTOMER)).isEqualTo("t");
        assertThat(searched("deleted", CUSTOMER)).contains("true");
        assertThat(caseOf(CUSTOMER)).isEqualTo("closed 2 deleted");
        assertThat(caseEvents().differences()).isEmpty();
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
        assertThat(count("SELECT count(*) FROM retention_case WHERE status = 'open'"))
                .isPositive();
        assertThat(count("SELECT count(*) FROM retention_case WHERE status = 'closed'"))
                .isPositive();
        assertThat(caseEvents().differences()).isEmpty();

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
        String topic = "churn.public." + system.contract().source().table();
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

        List<String> readers = system.dispatchers().stream()
                .map(Dispatcher::plan)
                .filter(plan -> plan.topics().contains(topic))
                .map(SourcePlan::name)
                .toList();
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(readers.size());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(header(letter, "ce_rowcastreason")).isEqualTo("not-json");
            assertThat(header(letter, "ce_knativeerrorcode")).isEqualTo("422");
        });
        assertThat(letters)
                .extracting(letter -> header(letter, "ce_rowcastfunction"))
                .containsExactlyInAnyOrderElementsOf(readers);
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

    private static CaseEvents caseEvents() {
        return new CaseEvents(jdbc(), system.stations().kafka().address(), "churn.events.retention_case");
    }

    private static double threshold() {
        return system.contract().output().threshold();
    }

    /// Status and number of a customer's case, and why it was closed.
    private static String caseOf(String customer) throws SQLException {
        return text("SELECT concat_ws(' ', status, case_number, closed_because) FROM retention_case"
                + " WHERE customerid = '" + customer + "'");
    }

    private static int count(String sql) throws SQLException {
        return Integer.parseInt(text(sql));
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
        return text("SELECT " + expression + " FROM person_churn_history_captured WHERE customerid = '" + key + "'");
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
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
        String body = response.body();
        int at = body.indexOf("\"" + field + "\":");
        return at < 0
                ? Optional.empty()
                : Optional.of(body.substring(at + field.length() + 3)
                        .replaceAll("[\"}\\]].*", "")
                        .replace("\"", ""));
    }
}
