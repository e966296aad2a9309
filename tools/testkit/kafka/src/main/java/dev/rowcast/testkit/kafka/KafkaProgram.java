package dev.rowcast.testkit.kafka;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Exit;

/// What one of our processes runs, from its start to its end.
interface KafkaProgram {

    /// Starts it, and returns when it serves.
    ///
    /// @return where it serves
    /// @throws InterruptedException when the starting thread is interrupted
    String start() throws InterruptedException;

    /// Stops it in order; also called while it starts, and when it could not.
    void stop();

    /// Waits until it has stopped.
    void awaitEnd();

    /// Runs a part in this JVM until SIGTERM or its own failure. Ends the JVM with code 1 when it cannot start.
    ///
    /// @param name what people call it
    /// @param maker makes the part
    static void run(String name, Callable<KafkaProgram> maker) {
        // Kafka and Connect each bring a hook that runs beside ours and ends the process under it.
        Exit.setShutdownHookAdder((hook, action) -> {});
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.get().run();
                            say(name + " has stopped");
                        },
                        "stop"));
        try {
            KafkaProgram part = maker.call();
            stop.set(part::stop);
            say(name + " is ready: " + part.start());
            part.awaitEnd();
        } catch (Exception failure) {
            say(name + " cannot start: " + failure.getMessage());
            failure.printStackTrace(System.out);
            System.exit(1);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
