package dev.rowcast.testkit.kafka;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Exit;

/// A server in its own process, from its start to its end.
///
/// @param start starts it, and returns its address when it is ready
/// @param stop stops it in order; also called during and after a failed start
/// @param awaitEnd waits until it has stopped
record KafkaProgram(Callable<String> start, Runnable stop, Runnable awaitEnd) {

    /// Runs a server in this JVM until SIGTERM or its own failure. Ends the JVM with code 1 when it
    /// cannot start.
    ///
    /// @param name for log lines
    /// @param factory creates the server
    static void run(String name, Callable<KafkaProgram> factory) {
        // The hooks of Kafka and Connect would run in parallel with this one and end the process first.
        Exit.setShutdownHookAdder((hook, action) -> {});
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.get().run();
                            log(name + " has stopped");
                        },
                        "stop"));
        try {
            KafkaProgram program = factory.call();
            stop.set(program.stop());
            log(name + " is ready: " + program.start().call());
            program.awaitEnd().run();
        } catch (Exception failure) {
            log(name + " cannot start: " + failure.getMessage());
            failure.printStackTrace(System.out);
            System.exit(1);
        }
    }

    private static void log(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
