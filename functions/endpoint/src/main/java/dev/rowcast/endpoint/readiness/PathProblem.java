package dev.rowcast.endpoint.readiness;

/// One row of `public.rowcast_check`.
///
/// @param severity `fault`, `lost` or `waiting`
/// @param problem the problem, in one line
/// @param command the command that solves it, in one line
public record PathProblem(String severity, String problem, String command) {

    /// Changes are not captured, or cannot be ordered: the results can be wrong.
    boolean isFault() {
        return severity.equals("fault");
    }

    String line() {
        return problem + " [" + command + "]";
    }
}
