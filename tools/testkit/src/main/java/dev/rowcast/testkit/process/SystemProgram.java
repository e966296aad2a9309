package dev.rowcast.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Programs of the operating system that may be missing.
public final class SystemProgram {
    private static final Map<List<String>, Boolean> TRIED = new ConcurrentHashMap<>();

    private SystemProgram() {}

    /// {@return the file of a program on the PATH; empty when there is none}
    public static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (String folder : path.split(":", -1)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// Runs a command and caches the result. A command fails when its program is missing or its system call
    /// is denied.
    ///
    /// @return true when it ended with 0 within ten seconds
    public static boolean works(String... command) {
        return TRIED.computeIfAbsent(List.of(command), SystemProgram::succeeds);
    }

    private static boolean succeeds(List<String> command) {
        if (find(command.getFirst()).isEmpty()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
