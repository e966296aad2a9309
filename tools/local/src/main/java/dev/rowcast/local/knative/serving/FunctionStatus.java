package dev.rowcast.local.knative.serving;

import java.util.Map;
import java.util.OptionalLong;

/// A function at one moment.
///
/// @param state      `zero`, `starting`, `up` or `closed`
/// @param pid        of its process; empty at zero
/// @param coldStarts processes started since the stand-in runs
/// @param active     requests that the function works on
/// @param waiting    requests that wait for it
/// @param answers    requests answered, by status; 0 for those that got no answer
public record FunctionStatus(
        String name,
        String state,
        OptionalLong pid,
        long coldStarts,
        int active,
        int waiting,
        Map<Integer, Long> answers) {}
