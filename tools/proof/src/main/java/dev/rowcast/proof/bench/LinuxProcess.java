package dev.rowcast.proof.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Reads the figures of a process and its descendants from `/proc`.
public final class LinuxProcess {

    private static final Path PROC = Path.of("/proc");
    /// The constant USER_HZ of `/proc/<pid>/stat`.
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    private LinuxProcess() {}

    /// {@return CPU seconds, user and system, of the process, its descendants and its ended children}
    static double cpuSeconds(long pid) {
        return family(pid).mapToDouble(LinuxProcess::ownCpuSeconds).sum();
    }

    /// {@return memory in MiB of the process and its descendants; shared memory is counted once}
    static double memoryMebibytes(long pid) {
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

    private static double ownCpuSeconds(ProcessHandle process) {
        String stat = read(PROC.resolve(process.pid() + "/stat"));
        // The name in brackets may contain blanks and brackets.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return Stream.of(fields)
                        .skip(USER_TIME)
                        .limit(TIMES)
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS_PER_SECOND;
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
