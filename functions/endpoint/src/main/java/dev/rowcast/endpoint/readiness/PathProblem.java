package dev.rowcast.endpoint.readiness;

/// One row of `public.rowcast_check`.
///
/// @param severity `fault`, `lost` or `waiting`
/// @param problem what is wrong, in one line
/// @param command what mends it, in one line
public record PathProblem(String severity, String problem, String command) {

    /// Changes are not captured, or cannot be told from older ones: nobody may take the results for right.
    boolean isFault() {
        return severity.equals("fault");
    }

    String line() {
        return problem + " [" + command + "]";
    }
}
