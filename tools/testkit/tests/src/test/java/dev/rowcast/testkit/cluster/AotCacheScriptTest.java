package dev.rowcast.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.ScriptFolder;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The step of `images/Dockerfile.jvm` that trains the AOT cache, with a stand-in for the JVM: it writes
/// the cache on SIGTERM, and this test answers for its function.
class AotCacheScriptTest {

    private static final Pattern FLAG = Pattern.compile("\"(-X[^\"]*|--[^\"]*)\"");

    private static final String SCRIPT = "images/train-aot-cache";

    /// Writes into the file that the first argument names, as the JVM does when it ends.
    private static final String WRITES_AT_ITS_END = """
            #!/bin/sh
            trap 'echo cache > "${1#*=}"; exit 143' TERM
            : > "${0%/*}/up"
            while :; do sleep 0.05; done
            """;

    private static final String WRITES_NOTHING = """
            #!/bin/sh
            echo there is no model
            : > "${0%/*}/up"
            exec sleep 600
            """;

    private static final String IS_NEVER_UP = """
            #!/bin/sh
            echo there is no model
            : > "${0%/*}/logged"
            exec sleep 600
            """;

    private final AtomicInteger probes = new AtomicInteger();
    private final List<String> posted = new CopyOnWriteArrayList<>();

    /// Whether a probe is answered only after the program has written its line: its patience, in whole seconds, may
    /// end at once.
    private volatile boolean waitsForTheLog;

    private HttpServer function;
    private ScriptFolder folder;

    @BeforeEach
    void start(@TempDir Path checkout) throws IOException {
        folder = new ScriptFolder(checkout);
        folder.copy(SCRIPT);
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/q/health/live", exchange -> answer(exchange, isLive() ? 200 : 503));
        function.createContext("/", exchange -> {
            posted.add(exchange.getRequestHeaders().getFirst("ce-type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, 422);
        });
        function.start();
    }

    @AfterEach
    void stop() {
        function.stop(0);
    }

    @Test
    void cacheIsWrittenOnceTheFunctionIsLiveAndHasAnswered() throws Exception {
        ScriptFolder.Ended ended = train(WRITES_AT_ITS_END, "600");

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(cache()).content().isEqualTo("cache\n");
        assertThat(probes).hasValueGreaterThanOrEqualTo(3);
        assertThat(posted).containsExactly("dev.knative.kafka.event {}");
        assertThat(files()).containsExactly("cache.aot", "images", "java");
    }

    @Test
    void functionThatEndsEarlyFailsTheBuildWithItsLog() throws Exception {
        assertFails(train("#!/bin/sh\necho there is no model; exit 3\n", "600"), "ended before it was live");
    }

    @Test
    void functionThatIsNeverLiveFailsTheBuild() throws Exception {
        waitsForTheLog = true;
        assertFails(train(IS_NEVER_UP, "1"), "was not live within 1 s");
    }

    @Test
    void jvmThatWritesNothingFailsTheBuild() throws Exception {
        assertFails(train(WRITES_NOTHING, "600"), "ended without writing it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"function", "kn-replay"})
    void dockerfileTrainsWithTheFlagsOfItsEntryPoint(String program) throws IOException {
        String dockerfile = Files.readString(Checkout.find().resolve("images/Dockerfile.jvm"));
        String training = stage(dockerfile, program + "-cache");
        List<String> flags = FLAG.matcher(stage(dockerfile, program))
                .results()
                .map(flag -> flag.group(1))
                .toList();

        assertThat(flags).contains("-XX:AOTCache=application.aot", "-XX:+UseSerialGC");
        assertThat(flags)
                .filteredOn(flag -> !flag.startsWith("-XX:AOTCache") && !flag.equals("-XX:+ExitOnOutOfMemoryError"))
                .allSatisfy(flag -> assertThat(training).contains(" " + flag + " "));
    }

    /// What follows `AS name` up to the next stage.
    private static String stage(String dockerfile, String name) {
        String begun = dockerfile.substring(dockerfile.indexOf(" AS " + name + "\n"));
        int next = begun.indexOf("\nFROM ");
        return next < 0 ? begun : begun.substring(0, next);
    }

    private void assertFails(ScriptFolder.Ended ended, String why) throws IOException {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).contains("there is no model", "There is no AOT cache", why);
        assertThat(files()).containsExactly("images", "java");
    }

    private ScriptFolder.Ended train(String java, String patience) throws Exception {
        Path program = folder.write("java", java);
        String port = Integer.toString(function.getAddress().getPort());
        return folder.run(
                Map.of("QUARKUS_HTTP_PORT", port, "PATIENCE", patience),
                SCRIPT,
                cache().toString(),
                program.toString(),
                "-jar",
                "quarkus-run.jar");
    }

    private Path cache() {
        return folder.root().resolve("cache.aot");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.root())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("up") && !name.equals("logged"))
                    .sorted()
                    .toList();
        }
    }

    /// Live once the program is up, at the earliest at the third probe.
    private boolean isLive() {
        while (waitsForTheLog && !Files.exists(folder.root().resolve("logged"))) {
            StationProcess.pause();
        }
        return probes.incrementAndGet() >= 3 && Files.exists(folder.root().resolve("up"));
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
