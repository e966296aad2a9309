package dev.rowcast.local.knative.serving;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The status of a function at one moment.
///
/// @param state      `zero`, `starting`, `up` or `closed`
/// @param pid        id of its process; empty at zero
/// @param coldStarts processes started by this JVM
/// @param active     requests that the function processes
/// @param waiting    requests in the queue
/// @param answers    number of answers by status; 0 for requests without an answer
/// @param starts     the latest cold starts that ended with a ready process, the latest last
public record FunctionStatus(
        String name,
        String state,
        OptionalLong pid,
        long coldStarts,
        int active,
        int waiting,
        Map<Integer, Long> answers,
        List<ColdStart> starts) {

    /// A cold start.
    ///
    /// @param readyAt when the process was ready
    /// @param took    time from the start of the process until then
    public record ColdStart(Instant readyAt, Duration took) {}

    /// The number of answers with a status.
    public long answered(int status) {
        return answers.getOrDefault(status, 0L);
    }
}
