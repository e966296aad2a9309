package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `make run` as a process: its data survives, its child processes do not.
class LauncherST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int BY_CTRL_C = 130;
    private static final Map<String, String> QUIET = Map.of(
            "LOAD", "off",
            "POSTGRES_PORT", "0",
            "KAFKA_PORT", "0",
            "CONNECT_PORT", "0",
            "ELASTICSEARCH_PORT", "0",
            "PAGE_PORT", "0");

    @TempDir
    Path folder;

    private Process launcher;

    @AfterEach
    void end() throws InterruptedException {
        if (launcher != null && launcher.isAlive()) {
            launcher.destroyForcibly().waitFor();
        }
    }

    @Test
    void dataSurvivesKillAndCtrlCAndNoProcessDoes() throws Exception {
        JsonNode first = start();
        execute(first, "INSERT INTO person_churn_history (customerid, tenure) VALUES ('FIRST', 1)");
        awaitScored(first, "FIRST");
        assertThat(status(first.path("page").asText())).isEqualTo(200);
        assertThat(functionOf(addresses(), "predictor").path("pid").isNumber()).isTrue();
        assertThat(functionOf(addresses(), "predictor").path("coldStarts").asInt())
                .isPositive();

        List<ProcessHandle> ofTheKilled = launcher.descendants().toList();
        assertThat(ofTheKilled).hasSizeGreaterThanOrEqualTo(5);
        launcher.destroyForcibly().waitFor();
        awaitGone(ofTheKilled);

        JsonNode second = start();
        assertThat(scored(second, "FIRST")).isTrue();
        execute(second, "INSERT INTO person_churn_history (customerid, tenure) VALUES ('SECOND', 2)");
        awaitScored(second, "SECOND");

        List<ProcessHandle> ofTheEnded = launcher.descendants().toList();
        ctrlC();
        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(ofTheEnded).noneMatch(ProcessHandle::isAlive);
        assertThat(addressesFile()).doesNotExist();
        assertThat(launcher.exitValue()).isEqualTo(BY_CTRL_C);
        assertThat(launcherLog()).contains("Stopping the functions").contains("Stopped");
    }

    @Test
    void ctrlCDuringTheStartIsNoFailure() throws Exception {
        launcher = launch(QUIET);
        await().atMost(PATIENCE).until(() -> launcherLog().contains(" is up, "));

        ctrlC();

        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(BY_CTRL_C);
        assertThat(launcherLog()).contains("Stopping the functions").doesNotContain("cannot start", "\tat ");
    }

    @Test
    void wrongSettingEndsTheStartWithOneLine() throws Exception {
        launcher = launch(Map.of("LOAD", "much"));

        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(2);
        assertThat(launcherLog())
                .contains("Rowcast cannot start: load: much is unknown")
                .doesNotContain("\tat ");
    }

    private void ctrlC() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s INT \"$0\"", Long.toString(launcher.pid()))
                .start()
                .waitFor();
    }

    private String launcherLog() throws IOException {
        return Files.readString(folder.resolve("launcher.log"));
    }

    private JsonNode start() throws IOException {
        Files.deleteIfExists(addressesFile());
        launcher = launch(QUIET);
        await().atMost(PATIENCE).until(() -> {
            assertThat(launcher.isAlive()).as(launcherLog()).isTrue();
            return Files.exists(addressesFile());
        });
        return addresses();
    }

    private Process launch(Map<String, String> settings) throws IOException {
        // A test in the background of a script inherits an ignored SIGINT; a user in a terminal does not.
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + Checkout.PROPERTY + "=" + Checkout.find().root(),
                        "-D" + Rowcast.FOLDER + "=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rowcast.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("launcher.log").toFile()));
        builder.environment().putAll(settings);
        return builder.start();
    }

    private Path addressesFile() {
        return folder.resolve("addresses.json");
    }

    private JsonNode addresses() throws IOException {
        return new JsonMapper().readTree(addressesFile().toFile());
    }

    private static JsonNode functionOf(JsonNode addresses, String name) {
        for (JsonNode function : addresses.path("functions")) {
            if (function.path("name").asText().equals(name)) {
                return function;
            }
        }
        throw new AssertionError("No function " + name + " in " + addresses);
    }

    private static void awaitGone(List<ProcessHandle> processes) {
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void awaitScored(JsonNode addresses, String key) {
        await().atMost(PATIENCE).until(() -> scored(addresses, key));
    }

    private static boolean scored(JsonNode addresses, String key) throws SQLException {
        try (Connection connection = connect(addresses);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT FROM person_churn_history_captured WHERE customerid = '" + key + "'")) {
            return found.next();
        }
    }

    private static void execute(JsonNode addresses, String sql) throws SQLException {
        try (Connection connection = connect(addresses);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The URI as psql takes it: `postgresql://user:password@host:port/database`.
    private static Connection connect(JsonNode addresses) throws SQLException {
        URI uri = URI.create(addresses.path("postgres").asText());
        String[] user = uri.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), user[0], user[1]);
    }

    private static int status(String page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
