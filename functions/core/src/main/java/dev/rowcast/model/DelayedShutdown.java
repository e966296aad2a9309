package dev.rowcast.model;

import ai.onnxruntime.OrtException;

/// Delays the end of this JVM by SIGTERM, SIGINT or [System#exit] while a session is made.
///
/// ONNX Runtime frees its environment in a shutdown hook of its own, and a session that is being made meanwhile crashes
/// the process. Hooks run at the same time and in no order, so no hook of ours could hold back that one. Every shutdown
/// of
/// the JDK, however it begins, first takes the monitor of `java.lang.Shutdown`: while it is held, no hook starts.
final class DelayedShutdown {

    private static final Object SHUTDOWN = shutdown();

    /// Makes a session, and may use it.
    @FunctionalInterface
    interface Work<T> {
        T run() throws OrtException;
    }

    private DelayedShutdown() {}

    /// Runs the work. A shutdown that begins meanwhile starts when it is done; one that has begun before keeps it from
    /// starting.
    static <T> T during(Work<T> work) throws OrtException {
        synchronized (SHUTDOWN) {
            return work.run();
        }
    }

    private static Object shutdown() {
        try {
            return Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException anotherJdk) {
            throw new ExceptionInInitializerError(anotherJdk);
        }
    }
}
