package dev.rowcast.endpoint.readiness;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Asks again and again how it stands with the path of changes. A fault makes the function not ready. What was missed,
/// and what waits, is shown beside it and leaves the function ready: it can go on with what has arrived.
public final class PathWatch {

    /// The statement that asks, by epoch, and by schema and name of a table of the path.
    public static final String SQL = "SELECT severity, problem, command FROM public.rowcast_check(%s, %s, %s)";

    private final Supplier<List<PathProblem>> question;
    private volatile Optional<String> warning = Optional.empty();

    private PathWatch(Supplier<List<PathProblem>> question) {
        this.question = question;
    }

    /// Adds preconditions `path` and `path-warnings`.
    ///
    /// @param preconditions shown by readiness
    /// @param interval time between two questions
    /// @param question what is wrong now; may block; throws when it cannot be asked, with the reason as its message
    public static void start(Preconditions preconditions, Duration interval, Supplier<List<PathProblem>> question) {
        PathWatch watch = new PathWatch(question);
        preconditions.watch("path", interval, watch::fault);
        preconditions.warn("path-warnings", interval, () -> watch.warning);
    }

    private Optional<String> fault() {
        List<PathProblem> problems = question.get();
        warning = lines(problems, problem -> !problem.isFault());
        return lines(problems, PathProblem::isFault);
    }

    private static Optional<String> lines(List<PathProblem> problems, Predicate<PathProblem> which) {
        String lines = problems.stream().filter(which).map(PathProblem::line).collect(Collectors.joining("; "));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }
}
