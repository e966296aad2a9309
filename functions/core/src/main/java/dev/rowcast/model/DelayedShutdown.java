package dev.rowcast.model;

import ai.onnxruntime.OrtException;

/// Delays the end of this JVM by SIGTERM, SIGINT or [System#exit] while a session is created.
///
/// ONNX Runtime frees its environment in a shutdown hook of its own; a session that is created at that
/// moment crashes the process. Hooks run concurrently and in no order, so another hook cannot delay it.
/// Every shutdown of the JDK first acquires the monitor of `java.lang.Shutdown`: while it is locked, no
/// hook starts.
final class DelayedShutdown {

    private static final Object SHUTDOWN = shutdown();

    /// Creates a session, and may use it.
    @FunctionalInterface
    interface Work<T> {
        T run() throws OrtException;
    }

    private DelayedShutdown() {}

    /// Runs the work. A shutdown that begins during the work waits for it; after the start of a shutdown,
    /// the work does not start.
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
