package dev.rowcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.program.NativeBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the executable `kn-replay` as a process, like the shell of an operator.
final class KnReplayProcess {

    private static final long TIMEOUT_SECONDS = 240;
    private static final Path FOLDER = Checkout.find().resolve("tools/kn-replay");

    /// Exit code and output of a process that has ended.
    record Result(int exit, String out, String err) {

        /// {@return the standard output as one JSON document}
        JsonNode json() throws IOException {
            return new JsonMapper().readTree(out);
        }

        Result exits(int expected) {
            assertThat(exit).as("%s%n%s", out, err).isEqualTo(expected);
            return this;
        }
    }

    private final Path folder;
    private final Process process;

    private KnReplayProcess(Path folder, List<String> words) throws IOException {
        this.folder = Files.createTempDirectory(folder, "command");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(this.folder.resolve("out").toFile())
                .redirectError(this.folder.resolve("err").toFile());
        builder.environment().put("KN_REPLAY_BUILD", NativeBuild.isWanted() ? "native" : "jvm");
        builder.environment().merge("PATH", FOLDER.toString(), (path, own) -> own + ":" + path);
        this.process = builder.start();
    }

    /// Runs a command, and waits for its end.
    ///
    /// @param folder the working folder, where a local run is found
    static Result run(Path folder, String... arguments) throws Exception {
        return begin(folder, arguments).end();
    }

    static KnReplayProcess begin(Path folder, String... arguments) throws IOException {
        // A test in the background of a script ignores Ctrl-C, and its children inherit that; a terminal does not.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.add(FOLDER.resolve("kn-replay").toString());
        words.addAll(List.of(arguments));
        return new KnReplayProcess(folder, words);
    }

    /// Runs a line in a shell that has `kn-replay` on the PATH.
    static Result shell(Path folder, String line) throws Exception {
        return new KnReplayProcess(folder, List.of("bash", "-c", line)).end();
    }

    /// Runs lines as above, all at the same time: they must only read.
    ///
    /// @return the results, in the order of the lines
    static List<Result> shells(Path folder, List<String> lines) throws Exception {
        List<KnReplayProcess> running = new ArrayList<>();
        for (String line : lines) {
            running.add(new KnReplayProcess(folder, List.of("bash", "-c", line)));
        }
        List<Result> results = new ArrayList<>();
        for (KnReplayProcess each : running) {
            results.add(each.end());
        }
        return results;
    }

    /// Sends SIGINT, as Ctrl-C does.
    void interrupt() throws Exception {
        new ProcessBuilder("sh", "-c", "kill -s INT \"$0\"", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Result end() throws Exception {
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), read("out"), read("err"));
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), UTF_8);
    }
}
