package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that receives SIGTERM while it loads its model.
class DelayedShutdownTest {

    private static final int BY_SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void aStopDuringTheLoadWaitsForTheSession() throws Exception {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName(),
                        ShippedModel.FILE.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readAllLines(printed)).containsExactly("told to stop", "loaded", "stopping");
        assertThat(process.exitValue()).isEqualTo(BY_SIGTERM);
    }

    /// Sends SIGTERM to itself while it creates a session, waits until the JVM handles it, and continues.
    static final class Loading {

        public static void main(String[] model) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping")));
            DelayedShutdown.during(() -> {
                tellToStop();
                System.out.println("told to stop");
                OrtSession session = OrtEnvironment.getEnvironment().createSession(model[0]);
                System.out.println("loaded");
                return session;
            });
            Thread.currentThread().join();
        }

        private static void tellToStop() throws OrtException {
            try {
                new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
                while (Thread.getAllStackTraces().entrySet().stream()
                        .noneMatch(thread -> thread.getKey().getName().startsWith("SIGTERM")
                                && thread.getKey().getState() != Thread.State.RUNNABLE)) {
                    Thread.onSpinWait();
                }
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
