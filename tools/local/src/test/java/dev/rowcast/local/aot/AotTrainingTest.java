package dev.rowcast.local.aot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.testkit.folder.ScriptFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stand-in for the JVM is a shell that writes on SIGTERM; this test answers on its port.
class AotTrainingTest {

    /// Its first argument is the option with the file of the cache.
    private static final String WAITS =
            "echo $QUARKUS_HTTP_PORT > port.new; mv port.new port; while :; do sleep 0.05; done";

    private static final String WRITES_AT_ITS_END = "trap 'echo cache > ${1#*=}; exit 143' TERM; " + WAITS;
    private static final String IS_KILLED_WHILE_IT_WRITES =
            "trap 'echo half > ${1#*=}; kill -s KILL $$' TERM; " + WAITS;
    private static final String WRITES_NOTHING = "trap 'exit 143' TERM; " + WAITS;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> posted = new CopyOnWriteArrayList<>();

    @Test
    void cacheIsThereOnceAProcessWasReadyAndHasEnded() throws Exception {
        Path earlier = Files.createFile(folder.resolve("toy-00000000-0000-0000-0000-000000000000.aot"));
        Path ofAKilledTraining = Files.createFile(
                folder.resolve("toy-11111111-0000-0000-0000-000000000000.aot." + Integer.MAX_VALUE + ".new"));
        Path ofAnother = Files.createFile(folder.resolve("toy-loan-00000000-0000-0000-0000-000000000000.aot"));

        AotCache cache = train(WRITES_AT_ITS_END);

        assertThat(cache.file()).content().isEqualTo("cache\n");
        assertThat(cache.options()).containsExactly("-XX:AOTCache=" + cache.file());
        assertThat(posted).containsExactly("dev.knative.kafka.event {}");
        assertThat(log).containsExactly("function toy has an AOT cache from its next start on");
        assertThat(earlier).doesNotExist();
        assertThat(ofAKilledTraining).doesNotExist();
        assertThat(ofAnother).exists();
        assertThat(caches()).hasSize(2);
    }

    @Test
    void cacheThatExistsIsNotWrittenAgain() throws Exception {
        Files.writeString(cache().file(), "cache");

        try (AotTraining training = AotTraining.start(List.of(start("exit 3")), log::add)) {
            training.await();
        }

        assertThat(log).isEmpty();
        assertThat(cache().file()).content().isEqualTo("cache");
    }

    @Test
    void jvmThatIsKilledWhileItWritesLeavesNoHalfCache() throws Exception {
        assertThat(train(IS_KILLED_WHILE_IT_WRITES).options()).isEmpty();

        assertThat(log).containsExactly("function toy starts without an AOT cache: its JVM ended with 137");
        assertThat(caches()).isEmpty();
    }

    @Test
    void jvmThatWritesNothingIsReported() throws Exception {
        assertThat(train(WRITES_NOTHING).options()).isEmpty();

        assertThat(log).containsExactly("function toy starts without an AOT cache: its JVM wrote no cache");
    }

    @Test
    void processThatEndsBeforeItIsReadyIsReported() throws Exception {
        try (AotTraining training = AotTraining.start(List.of(start("exit 3")), log::add)) {
            training.await();
        }

        assertThat(log)
                .containsExactly("function toy starts without an AOT cache: it ended before it was ready, see "
                        + folder.resolve("toy.log"));
    }

    @Test
    void closingEndsATrainingInProgress() throws Exception {
        AotTraining training = AotTraining.start(List.of(start(WAITS)), log::add);
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("port")));

        training.close();

        training.await();
        assertThat(log).isEmpty();
        assertThat(caches()).isEmpty();
    }

    /// Runs a training to its end, and answers for its process.
    private AotCache train(String script) throws Exception {
        try (AotTraining training = AotTraining.start(List.of(start(script)), log::add)) {
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("port")));
            int port = Integer.parseInt(Files.readString(folder.resolve("port")).strip());
            HttpServer function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            function.createContext("/ready", exchange -> answer(exchange, 200));
            function.createContext("/", this::reject);
            function.start();
            training.await();
            function.stop(0);
        }
        return cache();
    }

    private TrainedStart start(String script) throws IOException {
        Path java = new ScriptFolder(folder).write("java", "#!/bin/sh\n" + script + "\n");
        return new TrainedStart(
                cache(), List.of(java.toString()), folder, Map.of(), "/ready", folder.resolve("toy.log"));
    }

    private AotCache cache() {
        return new AotCache("toy", folder.resolve("toy-22222222-0000-0000-0000-000000000000.aot"));
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".aot")).toList();
        }
    }

    private void reject(HttpExchange event) throws IOException {
        posted.add(event.getRequestHeaders().getFirst("ce-type") + " "
                + new String(event.getRequestBody().readAllBytes(), UTF_8));
        answer(event, 422);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
