package dev.rowcast.endpoint.readiness;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Checks the path of changes periodically. A fault makes the function not ready. Lost and waiting changes
/// are shown as warnings and leave the function ready: it can handle the changes that arrive.
public final class PathWatch {

    /// The check, by epoch, and by schema and name of a table of the path.
    public static final String SQL = "SELECT severity, problem, command FROM public.rowcast_check(%s, %s, %s)";

    private final Supplier<List<PathProblem>> check;
    private volatile Optional<String> warning = Optional.empty();

    private PathWatch(Supplier<List<PathProblem>> check) {
        this.check = check;
    }

    /// Adds preconditions `path` and `path-warnings`.
    ///
    /// @param preconditions where the results are reported
    /// @param interval time between two checks
    /// @param check returns the current problems; may block; throws if the check fails, with the
    ///     reason as message
    public static void start(Preconditions preconditions, Duration interval, Supplier<List<PathProblem>> check) {
        PathWatch watch = new PathWatch(check);
        preconditions.watch("path", interval, watch::fault);
        preconditions.warn("path-warnings", interval, () -> watch.warning);
    }

    private Optional<String> fault() {
        List<PathProblem> problems = check.get();
        warning = lines(problems, problem -> !problem.isFault());
        return lines(problems, PathProblem::isFault);
    }

    private static Optional<String> lines(List<PathProblem> problems, Predicate<PathProblem> which) {
        String lines = problems.stream().filter(which).map(PathProblem::line).collect(Collectors.joining("; "));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }
}
