package dev.rowcast.local.knative.serving;

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
public record FunctionStatus(
        String name,
        String state,
        OptionalLong pid,
        long coldStarts,
        int active,
        int waiting,
        Map<Integer, Long> answers) {}
