package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.Addresses;
import dev.rowcast.local.PageSetup;
import dev.rowcast.local.page.PageStream;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.TablePlan;
import dev.rowcast.proof.audit.CapturedAudit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Database;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables whose keys, types, names and outputs a seed decides, from rows to documents, page and replay:
/// two of different outputs beside the shipped one, each made by the trainer and `make table` alone,
/// and compared with the answers of Python.
@Timeout(1200)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RandomTableST {

    /// The seed of `make test`.
    static final long FIXED_SEED = 20261130;

    private static final long SEED = Long.getLong("seed", FIXED_SEED);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CHANGED = 5;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static LocalSystem system;
    private static Database database;
    private static final List<RandomTable> TABLES = new ArrayList<>();
    private static URI page;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("  seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        for (String kind : RandomTable.kinds(SEED)) {
            TABLES.add(RandomTable.make(folder, kind, SEED + TABLES.size()));
        }
        Path data = Files.createDirectories(folder.resolve(".rowcast"));
        RunSettings quiet = RunSettings.quiet();
        system = LocalSystem.start(
                Checkout.find(),
                data,
                quiet.withAlso(
                        TABLES.stream().map(table -> table.folder().toString()).toList()),
                line -> System.out.println("  " + line));
        database = new Database(system.stations().postgres());
        page = PageSetup.show(system, quiet, line -> System.out.println("  " + line));
        system.with(new Addresses(system, page, data.resolve("addresses.json")));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    static List<RandomTable> tables() {
        return TABLES;
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("tables")
    void insertedRowsGetTheAnswersOfPython(RandomTable table) throws Exception {
        List<String> columns = new ArrayList<>(table.columns());
        List<String> all = Stream.concat(table.contract().source().key().stream(), columns.stream())
                .toList();
        String sql = "INSERT INTO " + table.source() + " ("
                + all.stream().map(RandomTable::quoted).collect(Collectors.joining(", ")) + ") VALUES ("
                + all.stream().map(_ -> "?").collect(Collectors.joining(", ")) + ")";
        for (int row = 0; row < table.golden().size(); row++) {
            Map<String, String> cells = table.cells(row);
            List<String> values = new ArrayList<>(table.key(row));
            columns.forEach(column -> values.add(cells.get(column)));
            write(sql, values);
        }

        await().atMost(PATIENCE)
                .until(() -> count(table, "true") == table.golden().size());
        for (int row = 0; row < table.golden().size(); row++) {
            assertAnswer(table, row, table.golden().get(row));
        }
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("tables")
    void updatedRowsAreScoredAgainAndDeletedRowsAreMarked(RandomTable table) throws Exception {
        List<String> columns = new ArrayList<>(table.columns());
        String where = table.contract().source().key().stream()
                .map(column -> RandomTable.quoted(column) + " = ?")
                .collect(Collectors.joining(" AND "));
        String update = "UPDATE " + table.source() + " SET "
                + columns.stream()
                        .map(column -> RandomTable.quoted(column) + " = ?")
                        .collect(Collectors.joining(", "))
                + " WHERE " + where;
        int rows = table.golden().size();
        for (int row = 0; row < CHANGED; row++) {
            Map<String, String> cells = table.cells(rows - 1 - row);
            List<String> values = new ArrayList<>();
            columns.forEach(column -> values.add(cells.get(column)));
            values.addAll(table.key(row));
            write(update, values);
        }
        write("DELETE FROM " + table.source() + " WHERE " + where, table.key(CHANGED));

        await().atMost(PATIENCE).until(() -> count(table, "operation = 'u'") == CHANGED);
        await().atMost(PATIENCE).until(() -> count(table, "deleted") == 1);
        for (int row = 0; row < CHANGED; row++) {
            assertAnswer(table, row, table.golden().get(rows - 1 - row));
        }
        try (IndependentScorer scorer = new IndependentScorer(table.model(), table.contract())) {
            assertThat(new CapturedAudit(table.contract(), scorer)
                            .differences(system.stations().postgres().jdbcUrl("app")))
                    .isEmpty();
        }
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("tables")
    void bothIndicesHaveTheDocumentsAndThePageCountsThem(RandomTable table) throws Exception {
        TablePlan plan = plan(table);
        int rows = table.golden().size();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(documents(plan.sourceIndex())).hasSize(rows);
            assertThat(predictions(table, documents(plan.capturedIndex()))).isEqualTo(storedPredictions(table));
        });
        // The page does not count the document of the deleted row.
        String counted = JSON.writeValueAsString(plan.capturedIndex()) + ":" + (rows - 1);
        assertThat(PageStream.shows(page, TABLES.indexOf(table) + 1, counted)).isTrue();
    }

    @Order(4)
    @ParameterizedTest
    @MethodSource("tables")
    void replayReadsTheTableAgainAndChangesNothing(RandomTable table) throws Exception {
        List<String> before = storedPredictions(table);
        String name = table.contract().source().schema() + "."
                + table.contract().source().table();

        JsonNode snapshot = KnReplayProcess.run(folder, "snapshot", name, "-o", "json", "--local")
                .exits(0)
                .json();

        assertThat(snapshot.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(snapshot.path("rows").asInt()).isEqualTo(table.golden().size() - 1);
        assertThat(storedPredictions(table)).isEqualTo(before);
    }

    private static TablePlan plan(RandomTable table) {
        return system.tables().stream()
                .filter(plan -> plan.contract()
                        .model()
                        .version()
                        .equals(table.contract().model().version()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertAnswer(RandomTable table, int row, JsonNode golden) throws SQLException {
        String sql = "SELECT * FROM " + table.captured() + " WHERE "
                + table.contract().source().key().stream()
                        .map(column -> RandomTable.quoted(column) + " = ?")
                        .collect(Collectors.joining(" AND "));
        try (Connection connection = application();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            List<String> key = table.key(row);
            for (int at = 0; at < key.size(); at++) {
                statement.setString(at + 1, key.get(at));
            }
            try (ResultSet found = statement.executeQuery()) {
                assertThat(found.next()).as("row %s", key).isTrue();
                new StoredAnswer(table, found).assertIs(golden);
            }
        }
    }

    private static List<JsonNode> documents(String index) throws Exception {
        String address =
                system.stations().elasticsearch().address() + "/" + URLEncoder.encode(index, StandardCharsets.UTF_8);
        get("POST", address + "/_refresh");
        List<JsonNode> documents = new ArrayList<>();
        get("GET", address + "/_search?size=1000").at("/hits/hits").forEach(hit -> documents.add(hit.path("_source")));
        return documents;
    }

    private static JsonNode get(String method, String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    /// The predictions of documents that are not deleted, in order.
    private static List<String> predictions(RandomTable table, List<JsonNode> documents) {
        String field = table.own("prediction");
        return documents.stream()
                .filter(document -> !document.path("deleted").asBoolean())
                .map(document -> document.has(field)
                        ? document.path(field)
                        : document.path("extra").path(field))
                .map(JsonNode::asText)
                .map(RandomTableST::shown)
                .sorted()
                .toList();
    }

    private static List<String> storedPredictions(RandomTable table) throws SQLException {
        return database
                .list("SELECT " + RandomTable.quoted(table.own("prediction")) + "::text FROM " + table.captured()
                        + " WHERE NOT deleted")
                .stream()
                .map(RandomTableST::shown)
                .sorted()
                .toList();
    }

    /// A number in one spelling.
    private static String shown(String prediction) {
        try {
            return Double.toString(Double.parseDouble(prediction));
        } catch (NumberFormatException text) {
            return prediction;
        }
    }

    private static long count(RandomTable table, String condition) throws SQLException {
        return Long.parseLong(database.text("SELECT count(*) FROM " + table.captured() + " WHERE " + condition));
    }

    private static Connection application() throws SQLException {
        return DriverManager.getConnection(system.stations().postgres().jdbcUrl("app") + "&stringtype=unspecified");
    }

    private static void write(String sql, List<String> values) throws SQLException {
        try (Connection connection = application();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            IntStream.range(0, values.size()).forEach(at -> set(statement, at + 1, values.get(at)));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static void set(PreparedStatement statement, int at, String value) {
        try {
            statement.setString(at, value);
        } catch (SQLException fault) {
            throw new AssertionError(fault);
        }
    }
}
