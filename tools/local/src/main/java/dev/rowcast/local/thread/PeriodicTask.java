package dev.rowcast.local.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Repeats a step on its own thread until it is closed. After a step that throws, it logs the fault and
/// continues with the next step.
public final class PeriodicTask implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PeriodicTask.class.getName());

    private final StopSignal stop = new StopSignal();
    private final Thread thread;

    private PeriodicTask(String name, Duration interval, Runnable step) {
        this.thread = Thread.ofVirtual().name(name).start(() -> run(name, interval, step));
    }

    /// Runs the first step after one interval.
    ///
    /// @param name     name of the thread
    /// @param interval time between two steps
    public static PeriodicTask every(Duration interval, String name, Runnable step) {
        return new PeriodicTask(name, interval, step);
    }

    private void run(String name, Duration interval, Runnable step) {
        String lastFault = "";
        while (stop.continuesAfter(interval)) {
            try {
                step.run();
                lastFault = "";
            } catch (RuntimeException | Error fault) {
                if (!fault.toString().equals(lastFault)) {
                    lastFault = fault.toString();
                    LOG.log(Level.WARNING, name + " failed; it runs again after the interval", fault);
                }
            }
        }
    }

    /// Interrupts a step in progress, and closes.
    public void cancel() {
        thread.interrupt();
        close();
    }

    /// Runs no more steps; returns when the step in progress has ended.
    @Override
    public void close() {
        stop.stop(thread);
    }
}
