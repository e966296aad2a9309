package dev.rowcast.local.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Repeats a step on its own thread until it is closed. After a step that throws, it logs the fault and
/// continues with the next step.
public final class PeriodicTask implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PeriodicTask.class.getName());

    private final String name;
    private final Duration interval;
    private final Runnable step;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private String lastFault = "";

    private PeriodicTask(String name, Duration interval, Runnable step) {
        this.name = name;
        this.interval = interval;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /// Runs the first step after one interval.
    ///
    /// @param name     name of the thread
    /// @param interval time between two steps
    public static PeriodicTask every(Duration interval, String name, Runnable step) {
        PeriodicTask task = new PeriodicTask(name, interval, step);
        task.thread.start();
        return task;
    }

    private void run() {
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
