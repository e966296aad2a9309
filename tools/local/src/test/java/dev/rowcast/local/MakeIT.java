package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Makefile checks settings before it builds, and ends cleanly on Ctrl-C and on a failure.
@Timeout(120)
class MakeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path ROOT = Checkout.find().root();

    @TempDir
    Path folder;

    @Test
    void misspelledVariableIsRefused() throws Exception {
        Ended ended = make("run", "LAOD=off");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.printed()).contains("LAOD: no such variable", "LOAD").doesNotContain("Building");
    }

    @Test
    void wrongValueIsRefusedBeforeTheBuild() throws Exception {
        for (String wrong : List.of("LOAD=much", "IDLE=soon", "PAGE_PORT=http", "ALSO=examples/none", "METRICS=on")) {
            assertRefusedBeforeTheBuild("run", wrong);
        }
        for (String target : List.of("run", "bench", "bench-concurrency", "chaos")) {
            assertRefusedBeforeTheBuild(target, "NATIVE=maybe");
        }
    }

    @Test
    void tableWithoutItsModelIsRefusedBeforeTheBuild() throws Exception {
        for (String wrong : List.of("NAME=mine", "MODEL=none.onnx", "TABLE=none.toml")) {
            Ended ended = make("table", wrong);

            assertThat(ended.code()).as(wrong).isEqualTo(2);
            assertThat(ended.printed())
                    .as(wrong)
                    .containsAnyOf("Which model? make table MODEL=mine.onnx", "which cannot be read")
                    .doesNotContain("Building");
        }
    }

    @Test
    void nativeRunPassesThePropertyToTheLauncher() throws Exception {
        for (String target : List.of("run", "bench", "bench-concurrency", "chaos")) {
            assertThat(make("--dry-run", target, "NATIVE=yes").printed())
                    .as(target)
                    .contains("-Drowcast.native=true", "CheckSettings.java");
            assertThat(make("--dry-run", target).printed()).as(target).doesNotContain("rowcast.native");
        }
    }

    @Test
    void ctrlCEndsMakeWithoutAnError() throws Exception {
        // Given a program that ends with 130 after Ctrl-C, as the JVM does
        Path makefile = Files.writeString(
                folder.resolve("Makefile"),
                "run:\n\t@%s sh -c 'trap \"echo stopped; exit 130\" INT; echo up; while :; do sleep 0.1; done'\n"
                        .formatted(ROOT.resolve("scripts/until-interrupted")));
        Path printed = folder.resolve("printed");
        Process make = builder(
                        List.of("setsid", "env", "--default-signal=INT", "make", "-f", makefile.toString(), "run"),
                        printed)
                .start();
        await().atMost(PATIENCE).until(() -> Files.readString(printed).contains("up"));

        // When the terminal sends Ctrl-C to its foreground group
        run(List.of("kill", "-s", "INT", "--", "-" + make.pid()));

        // Then
        assertThat(make.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(make.exitValue()).isEqualTo(130);
        assertThat(Files.readString(printed)).isEqualTo("up\nstopped\n");
    }

    @Test
    void failedProgramFailsMake() throws Exception {
        assertThat(run(List.of(script("until-interrupted"), "sh", "-c", "exit 7"))
                        .code())
                .isEqualTo(7);
    }

    @Test
    void failedPrintLeavesNoEmptyFile() throws Exception {
        Path file = folder.resolve("schema.sql");

        Ended failed = run(List.of("sh", "-c", "\"$0\" false > \"$1\"", script("print-or-nothing"), file.toString()));

        assertThat(failed.code()).isEqualTo(1);
        assertThat(file).doesNotExist();

        Ended printed =
                run(List.of("sh", "-c", "\"$0\" echo sql > \"$1\"", script("print-or-nothing"), file.toString()));

        assertThat(printed.code()).isZero();
        assertThat(file).hasContent("sql");
    }

    private void assertRefusedBeforeTheBuild(String target, String wrong) throws Exception {
        Ended ended = make(target, wrong);

        assertThat(ended.code()).as(wrong).isEqualTo(2);
        assertThat(ended.printed().lines().toList())
                .as(wrong)
                .satisfiesExactly(
                        line -> assertThat(line).contains(wrong.substring(wrong.indexOf('=') + 1)),
                        line -> assertThat(line).contains("check-values"));
    }

    private static String script(String name) {
        return ROOT.resolve("scripts").resolve(name).toString();
    }

    private Ended make(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("make", "-C", ROOT.toString(), "--no-print-directory"), Stream.of(arguments))
                .toList());
    }

    private record Ended(int code, String printed) {}

    private Ended run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", "");
        Process process = builder(command, printed).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(printed));
    }

    private static ProcessBuilder builder(List<String> command, Path printed) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        // A make that runs the tests passes its own flags and variables on.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        return builder;
    }
}
