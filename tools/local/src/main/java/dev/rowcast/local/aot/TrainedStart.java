package dev.rowcast.local.aot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The start of a function whose cache may be missing.
///
/// @param cache       of its build
/// @param command     of its process, without a cache; the JVM is its first word
/// @param folder      the working folder of the process
/// @param environment variables of the process; a training adds its port
/// @param readyPath   path that answers 2xx when the function is ready
/// @param log         file for the output of a training
public record TrainedStart(
        AotCache cache,
        List<String> command,
        Path folder,
        Map<String, String> environment,
        String readyPath,
        Path log) {}
