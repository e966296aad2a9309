package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.Addresses;
import dev.rowcast.local.PageSetup;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.chaos.fault.SecondModel;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All commands of `kn replay` with the whole local system, as the processes that an operator starts.
/// The system is started once; each test continues the previous one.
///
/// Its predictor begins with a model that rejects customers without a tenure; the trained one accepts them.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KnReplayST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CUSTOMERS = 1_100;
    private static final String SOURCE = "churn.public.person_churn_history";
    private static final String CASES = "churn.events.retention_case";
    private static final List<String> COMMANDS =
            List.of("topic", "dead-letters list", "dead-letters show", "dead-letters send", "snapshot", "compare");
    private static final Pattern RESUME = Pattern.compile("--resume (\\S+)");

    @TempDir
    private static Path folder;

    private static Path trained;
    private static Path model;
    private static LocalSystem system;
    private static URI page;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        Checkout checkout = Checkout.find();
        trained = checkout.resolve("trainer-notebook/model/churn.onnx");
        model = folder.resolve("model.onnx");
        refuseCustomersWithoutTenure();
        Path data = Files.createDirectories(folder.resolve(".rowcast"));
        system = LocalSystem.start(
                checkout,
                data,
                RunSettings.quiet().withIdle(Duration.ofSeconds(30)),
                new OwnModel(),
                line -> System.out.println("  " + line));
        database = new Database(system.stations().postgres());
        page = PageSetup.show(system, RunSettings.quiet(), line -> System.out.println("  " + line));
        system.with(new Addresses(system, page, system.addresses()));
        database.execute(
                "app",
                "INSERT INTO person_churn_history SELECT 'C' || n, 'Female', 0, 'Yes', 'No', n % 73, 'Yes', 'No',"
                        + " 'DSL', 'No', 'Yes', 'No', 'No', 'No', 'No', CASE WHEN n % 2 = 0 THEN 'Two year' ELSE"
                        + " 'Month-to-month' END, 'Yes', 'Electronic check', 20 + n % 100, (20 + n % 100) * (n % 73), NULL"
                        + " FROM generate_series(1, " + CUSTOMERS + ") n");
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM person_churn_history_captured") == CUSTOMERS);
        // A prediction is committed before its event is answered.
        await().atMost(PATIENCE).until(() -> answered("predictor") >= CUSTOMERS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void dryRunCountsEventsAndSendsNothing() throws Exception {
        long before = answered("predictor");

        JsonNode found = kn("topic", SOURCE, "--sink", "ksvc:predictor", "--dry-run", "-o", "json")
                .exits(0)
                .json();

        assertThat(found.path("events").asInt()).isEqualTo(CUSTOMERS);
        assertThat(found.path("partitions")).hasSizeGreaterThan(1);
        assertThat(answered("predictor")).isEqualTo(before);
    }

    @Test
    @Order(2)
    void replayedTopicIsAcceptedAndChangesNothing() throws Exception {
        String before = digest();
        long answers = answered("predictor");

        JsonNode replayed = kn("topic", SOURCE, "--sink", "ksvc:predictor", "-o", "json")
                .exits(0)
                .json();

        assertThat(replayed.path("accepted").asInt()).isEqualTo(CUSTOMERS);
        assertThat(replayed.at("/statuses/0/status").asText()).isEqualTo("204");
        assertThat(replayed.path("left").asText()).isEmpty();
        assertThat(answered("predictor")).isEqualTo(answers + CUSTOMERS);
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void recordsThatAreCloudEventsAreSentUnchanged() throws Exception {
        await().atMost(PATIENCE).until(() -> dryRun(CASES).path("events").asInt() > 0);

        assertThat(dryRun(CASES).at("/partitions/0/cloudEvents").asInt()).isPositive();
        assertThat(kn("topic", CASES, "--sink", "ksvc:indexer").exits(0).out())
                .containsPattern("[1-9][0-9]* accepted, 0 refused");
    }

    @Test
    @Order(4)
    void keysBoundsAndPartitionsSelectRecords() throws Exception {
        JsonNode partition = dryRun(SOURCE).at("/partitions/0");
        String number = partition.path("partition").asText();
        long events = partition.path("events").asLong();

        assertThat(accepted("--key", "{\"customerid\":\"C7\"}")).isEqualTo(1);
        assertThat(accepted("--partition", number)).isEqualTo(events);
        assertThat(accepted("--partition", number, "--from", "10", "--to", "15"))
                .isEqualTo(5);
        assertThat(accepted("--from", "1h", "--to", "30m")).isZero();
        assertThat(accepted("--partition", number, "--from", "1h", "--to", "latest"))
                .isEqualTo(events);
    }

    @Test
    @Order(5)
    void interruptedReplayIsResumed() throws Exception {
        Path checkpoint = folder.resolve("checkpoint");
        KnReplayProcess command = KnReplayProcess.begin(
                folder,
                "topic",
                SOURCE,
                "--sink",
                "ksvc:predictor",
                "--local",
                "--rate",
                "100",
                "--checkpoint",
                checkpoint.toString(),
                "-o",
                "json");
        await().atMost(PATIENCE).until(() -> Files.exists(checkpoint) || !command.isAlive());
        command.interrupt();
        KnReplayProcess.Result cut = command.end().exits(130);
        int sent = cut.json().path("accepted").asInt();
        Matcher resume = RESUME.matcher(cut.err());
        assertThat(resume.find()).as(cut.err()).isTrue();
        assertThat(sent).isBetween(1, CUSTOMERS - 1);
        assertThat(Files.readString(checkpoint).strip())
                .isEqualTo(resume.group(1))
                .isEqualTo(cut.json().path("left").asText());

        int rest = resumed(resume.group(1));

        // Events that were running at Ctrl-C, or follow a gap, are sent twice; none is omitted.
        assertThat(sent + rest).isBetween(CUSTOMERS, CUSTOMERS + 60);
        assertThat(resumed(checkpoint.toString())).isEqualTo(rest);
    }

    @Test
    @Order(6)
    void deadLetterIsAcceptedOnceTheModelIsReplaced() throws Exception {
        database.execute("app", "INSERT INTO person_churn_history (customerid) VALUES ('NO-TENURE')");
        await().atMost(PATIENCE)
                .until(() -> kn("dead-letters", "list").exits(0).out().contains("feature-missing  predictor"));
        assertThat(kn("dead-letters", "list", "--function", "predictor")
                        .exits(0)
                        .out())
                .contains("column tenure")
                .contains("0/0");
        assertThat(kn("dead-letters", "show", "0/0").exits(0).out())
                .contains("feature-missing", "NO-TENURE", "knativeerrordest");
        assertThat(kn("dead-letters", "send", "0/0").exits(1).out())
                .contains("0 accepted, 1 refused", "refused 422 feature-missing");

        putTrainedModel();
        assertThat(kn("dead-letters", "send", "--reason", "feature-missing")
                        .exits(0)
                        .out())
                .contains("1 accepted, 0 refused");

        assertThat(count("SELECT count(*) FROM person_churn_history_captured WHERE customerid = 'NO-TENURE'"))
                .isEqualTo(1);
        assertThat(kn("dead-letters", "send", "--all").exits(0).out())
                .contains("0 accepted, 0 refused, 1 accepted before");
        assertThat(kn("dead-letters", "list", "--each").exits(0).out()).contains("accepted 204");
    }

    @Test
    @Order(7)
    void snapshotIsFollowedToItsEnd() throws Exception {
        KnReplayProcess.Result whole =
                kn("snapshot", "person_churn_history", "-o", "json").exits(0);
        assertThat(whole.json().path("status").asText()).isEqualTo("COMPLETED");
        assertThat(whole.json().path("rows").asInt()).isEqualTo(CUSTOMERS + 1);
        assertThat(whole.json().path("chunks").asInt()).isGreaterThan(1);
        assertThat(whole.err()).contains("started", "chunk 1 read, up to key", "table read: SUCCEEDED");

        assertThat(kn("snapshot", "--resume", whole.json().path("id").asText(), "-o", "json")
                        .exits(0)
                        .json())
                .isEqualTo(whole.json());

        assertThat(kn("snapshot", "public.person_churn_history", "--where", "contract = 'Two year'")
                        .exits(0)
                        .out())
                .contains("complete, " + CUSTOMERS / 2 + " rows read");
    }

    @Test
    @Order(8)
    void oneSnapshotOfBothTablesRestoresADeletedIndex() throws Exception {
        for (String index : List.of("person_churn_history", "person_churn_history_captured")) {
            elasticsearch("DELETE", "/" + index);
        }

        kn("snapshot", "person_churn_history", "person_churn_history_captured").exits(0);

        for (String index : List.of("person_churn_history", "person_churn_history_captured")) {
            long rows = count("SELECT count(*) FROM " + index);
            await().atMost(PATIENCE).until(() -> {
                elasticsearch("POST", "/" + index + "/_refresh");
                return elasticsearch("GET", "/" + index + "/_count")
                                .path("count")
                                .asLong()
                        == rows;
            });
        }
    }

    private static JsonNode elasticsearch(String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create(system.stations().elasticsearch().address() + path);
            return new JsonMapper()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(address)
                                            .method(method, HttpRequest.BodyPublishers.noBody())
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    @Test
    @Order(9)
    void tableThatIsNotCapturedIsReportedAsIncomplete() throws Exception {
        assertThat(kn("snapshot", "no_such_table").exits(1).out()).contains("not complete: UNKNOWN_SCHEMA");
    }

    @Test
    @Order(10)
    void twoModelsAreComparedOverTheTopic() throws Exception {
        Path other = folder.resolve("other.onnx");
        SecondModel.put(trained, other, 1);

        JsonNode compared = compare(other, "json").json();
        assertThat(compared.path("scored").asInt()).isGreaterThan(CUSTOMERS);
        assertThat(compared.path("psi").asDouble()).isZero();
        assertThat(compared.path("largestDistance").asDouble()).isZero();
        assertThat(compared.path("flipped").asLong()).isEqualTo(betweenThresholds(compared));
        assertThat(compared.path("flipped").asLong()).isPositive();

        assertThat(compare(other, "text").out()).contains("flips", "KEY", "hardly any shift");
        assertThat(compare(other, "html").out()).startsWith("<!doctype html>").contains("</html>");
    }

    @Test
    @Order(11)
    void everyExampleOfTheHelpWorks() throws Exception {
        Files.createSymbolicLink(
                folder.resolve("trainer-notebook"), Checkout.find().resolve("trainer-notebook"));
        Set<String> examples = new TreeSet<>();
        List<String> helps = COMMANDS.stream()
                .map(command -> "kn-replay " + command + " --help")
                .toList();
        for (KnReplayProcess.Result help : KnReplayProcess.shells(folder, helps)) {
            List<String> found = examples(help.exits(0).out());
            assertThat(found).as(help.out()).isNotEmpty();
            examples.addAll(found);
        }

        for (String example : examples) {
            KnReplayProcess.shell(folder, example).exits(0);
        }

        assertThat(Files.readString(folder.resolve("compare.html"))).startsWith("<!doctype html>");
    }

    /// In a headless Chromium where one is installed; no other test can see what a person sees.
    @Test
    @Order(12)
    void thePageShowsAChangeAndReplaysADeadLetter() throws Exception {
        if (Chromium.executable().isEmpty()) {
            String reason =
                    "No Chromium is installed (CHROME_PATH, or chromium on the PATH): the page is not tested in it";
            System.out.println("  " + reason);
            abort(reason);
        }
        copyOfTheDeadLetter();
        try (Chromium browser = Chromium.start(Files.createDirectories(folder.resolve("chromium")))) {
            PageVisit visit = new PageVisit(browser, page);
            visit.begin();
            visit.changeCustomer("C2");
            visit.openRowByKeyboard();
            visit.replayLatestDeadLetterByKeyboard("accepted 204");
            visit.phone();
        }
    }

    /// The same refusal once more, which is not sent again yet.
    private static void copyOfTheDeadLetter() throws Exception {
        TopicPartition letters = new TopicPartition("rowcast.dead-letters", 0);
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", system.stations().kafka().address());
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return !records.isEmpty();
            });
            ConsumerRecord<byte[], byte[]> letter = records.getFirst();
            producer.send(new ProducerRecord<>(
                            letter.topic(), letter.partition(), letter.key(), letter.value(), letter.headers()))
                    .get();
        }
    }

    /// {@return the example lines, as commands of the plugin}
    private static List<String> examples(String help) {
        return help.substring(help.indexOf("\nExample"))
                .replaceAll("\\\\\\n *", " ")
                .lines()
                .filter(line -> line.startsWith("  kn replay "))
                .map(line -> line.strip().replace("kn replay ", "kn-replay "))
                .toList();
    }

    /// {@return the number of records whose stored score lies between the thresholds} Each row is in the
    /// topic three times: written once, and read by two full snapshots. A partial snapshot read some again.
    private static long betweenThresholds(JsonNode compared) throws SQLException {
        double a = compared.at("/a/threshold").asDouble();
        double b = compared.at("/b/threshold").asDouble();
        String between = "churn_probability >= %s AND churn_probability < %s".formatted(Math.min(a, b), Math.max(a, b));
        return 3 * count("SELECT count(*) FROM person_churn_history_captured WHERE " + between)
                + count("SELECT count(*) FROM person_churn_history_captured JOIN person_churn_history USING"
                        + " (customerid) WHERE person_churn_history.contract = 'Two year' AND " + between);
    }

    private static KnReplayProcess.Result compare(Path other, String format) throws Exception {
        return kn("compare", "--model-a", trained.toString(), "--model-b", other.toString(), SOURCE, "-o", format)
                .exits(0);
    }

    private static JsonNode dryRun(String topic) throws Exception {
        return kn("topic", topic, "--sink", "ksvc:indexer", "--dry-run", "-o", "json")
                .exits(0)
                .json();
    }

    private static long accepted(String... options) throws Exception {
        Stream<String> command = Stream.of("topic", SOURCE, "--sink", "ksvc:predictor", "-o", "json");
        return kn(Stream.concat(command, Stream.of(options)).toArray(String[]::new))
                .exits(0)
                .json()
                .path("accepted")
                .asLong();
    }

    private static int resumed(String point) throws Exception {
        return kn("topic", "--sink", "ksvc:predictor", "--resume", point, "-o", "json")
                .exits(0)
                .json()
                .path("accepted")
                .asInt();
    }

    private static KnReplayProcess.Result kn(String... arguments) throws Exception {
        return KnReplayProcess.run(
                folder,
                Stream.concat(Stream.of(arguments), Stream.of("--local")).toArray(String[]::new));
    }

    /// Writes the trained graph with a contract that rejects a missing tenure.
    private static void refuseCustomersWithoutTenure() throws IOException, OrtException {
        ModelFile file = ModelFile.read(trained);
        ObjectNode contract = (ObjectNode) new JsonMapper().readTree(file.contract());
        contract.get("features").forEach(feature -> {
            if (feature.path("name").asText().equals("tenure")) {
                ((ObjectNode) feature).put("missing", "reject");
            }
        });
        ModelContract own = ModelContract.parse(file.contract());
        try (IndependentScorer scorer = new IndependentScorer(trained, own)) {
            for (JsonNode golden : contract.get("golden")) {
                if (golden.path("row").path("tenure").isNull()) {
                    // The new contract would reject a golden row without tenure: set one, and its score.
                    ((ObjectNode) golden.get("row")).put("tenure", 5);
                    Map<String, String> row = new HashMap<>();
                    golden.get("row").properties().stream()
                            .filter(column -> !column.getValue().isNull())
                            .forEach(column ->
                                    row.put(column.getKey(), column.getValue().asText()));
                    Predicted.Binary score = (Predicted.Binary) scorer.score(row);
                    ((ObjectNode) golden)
                            .put("probability", score.probability())
                            .put("label", score.label());
                }
            }
        }
        Files.write(model, file.withContract(contract.toString()).content());
    }

    private static void putTrainedModel() throws IOException {
        Path draft = Files.copy(trained, folder.resolve("model.new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, model, StandardCopyOption.ATOMIC_MOVE);
        OptionalLong predictor = system.activators().get("predictor").status().pid();
        predictor.ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static long answered(String function) {
        return system.activators().get(function).status().answers().getOrDefault(204, 0L);
    }

    private static String digest() throws SQLException {
        return database.text(
                "SELECT md5(string_agg(c::text, '|' ORDER BY customerid)) FROM person_churn_history_captured c");
    }

    private static long count(String sql) throws SQLException {
        return Long.parseLong(database.text(sql));
    }

    private static final class OwnModel implements RunOverrides {
        @Override
        public Map<String, String> environment(Stations stations) {
            return Map.of("ROWCAST_MODEL_FILE", model.toString());
        }
    }
}
