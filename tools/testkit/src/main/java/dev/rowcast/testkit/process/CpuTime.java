package dev.rowcast.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// The CPU time of a process, from `/proc` where the system has it.
public final class CpuTime {

    private static final Path PROC = Path.of("/proc");
    /// The constant USER_HZ of `/proc/<pid>/stat`.
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    private CpuTime() {}

    /// CPU seconds, user and system, of the process, its descendants and their ended children; 0 when the process
    /// has ended.
    public static double seconds(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToDouble(CpuTime::own)
                .sum();
    }

    private static double own(ProcessHandle process) {
        return ofLinux(process.pid())
                .or(() -> process.info().totalCpuDuration().map(CpuTime::seconds))
                .orElse(0.0);
    }

    private static Optional<Double> ofLinux(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            // The name in brackets may contain blanks and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return Optional.of(Stream.of(fields)
                            .skip(USER_TIME)
                            .limit(TIMES)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND);
        } catch (IOException endedOrNoLinux) {
            return Optional.empty();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
