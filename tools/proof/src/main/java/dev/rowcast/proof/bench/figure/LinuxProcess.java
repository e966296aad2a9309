package dev.rowcast.proof.bench.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Reads the figures of a process and its descendants from `/proc`.
public final class LinuxProcess {

    private static final Path PROC = Path.of("/proc");

    private LinuxProcess() {}

    /// {@return memory in MiB of the process and its descendants; shared memory is counted once}
    public static double memoryMebibytes(long pid) {
        return family(pid).mapToDouble(LinuxProcess::proportionalKibibytes).sum() / 1024;
    }

    /// {@return a variable of the environment that the process was started with}
    ///
    /// @throws IllegalStateException when there is no such variable
    public static String environment(long pid, String variable) {
        return Stream.of(read(PROC.resolve(pid + "/environ")).split("\0", -1))
                .filter(entry -> entry.startsWith(variable + "="))
                .map(entry -> entry.substring(variable.length() + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("process " + pid + " has no variable " + variable));
    }

    private static Stream<ProcessHandle> family(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    private static double proportionalKibibytes(ProcessHandle process) {
        return read(PROC.resolve(process.pid() + "/smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
                .sum();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
