package dev.rowcast.local.knative.serving;

import dev.rowcast.testkit.process.StationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Starts and stops the process of one function, on one thread.
///
///     zero ──a request──▶ starting ──ready──▶ up ──idle──▶ zero
///                            │                 │
///                            └── it ends ──────┴─────────▶ zero
///
/// At zero nothing is looked at until a request comes.
final class Lifecycle {

    private static final Duration LOOK_WHILE_STARTING = Duration.ofMillis(20);
    private static final Duration LOOK_WHILE_UP = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(20);

    private final ServicePlan base;
    private volatile ServicePlan plan;
    private final Admission admission;
    private final Activator activator;
    private final Readiness readiness;
    private final Consumer<String> log;
    private final ScheduledExecutorService thread;
    private final Set<FunctionProcess> stopping = ConcurrentHashMap.newKeySet();
    private final AtomicLong coldStarts = new AtomicLong();

    private boolean lookIsPlanned;
    private boolean asking;
    private int failedStarts;
    private long startedAt;

    Lifecycle(ServicePlan plan, Admission admission, Activator activator, Readiness readiness, Consumer<String> log) {
        this.base = plan;
        this.plan = plan;
        this.admission = admission;
        this.activator = activator;
        this.readiness = readiness;
        this.log = log;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("lifecycle-" + plan.name()).factory());
    }

    /// The next process is started with these variables too; one that runs goes on with those that it has.
    void setEnvironment(Map<String, String> variables) {
        plan = base.with(variables);
    }

    long coldStarts() {
        return coldStarts.get();
    }

    /// Looks at the function now and does what its state calls for.
    void look() {
        try {
            thread.execute(this::lookNow);
        } catch (RejectedExecutionException closed) {
            // There is nothing left to look at.
        }
    }

    /// Stops all processes and ends the thread. A start that is under way is waited for.
    void close(Optional<FunctionProcess> running) {
        running.ifPresent(this::stop);
        try {
            // By its end a start that was under way has given its process to be stopped.
            thread.submit(() -> {}).get();
            while (!stopping.isEmpty()) {
                Thread.sleep(5);
            }
        } catch (RejectedExecutionException closedBefore) {
            return;
        } catch (InterruptedException | ExecutionException interrupted) {
            stopping.forEach(FunctionProcess::kill);
        }
        thread.shutdownNow();
    }

    /// A look that fails must not be the last one: requests wait for the next.
    private void lookNow() {
        try {
            act();
        } catch (RuntimeException | Error fault) {
            log.accept("function " + plan.name() + ": " + fault);
        } finally {
            planNextLook();
        }
    }

    private void act() {
        activator.answerLate();
        admission.goToZeroWhenIdle().ifPresent(this::retire);
        switch (admission.load().state()) {
            case ProcessState.Zero zero -> startWhenWanted(zero);
            case ProcessState.Starting starting -> watchStart(starting);
            case ProcessState.Up up -> watch(up);
            case ProcessState.Closed closed -> {}
        }
    }

    private void planNextLook() {
        if (lookIsPlanned) {
            return;
        }
        boolean anything =
                admission.isWanted() || admission.load().state().running().isPresent();
        if (anything) {
            Duration next = admission.load().state() instanceof ProcessState.Up ? LOOK_WHILE_UP : LOOK_WHILE_STARTING;
            lookIsPlanned = true;
            ScheduledFuture<?> _ = thread.schedule(
                    () -> {
                        lookIsPlanned = false;
                        lookNow();
                    },
                    next.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void startWhenWanted(ProcessState.Zero zero) {
        if (!admission.isWanted() || System.nanoTime() - zero.notBefore() < 0) {
            return;
        }
        try {
            FunctionProcess process = FunctionProcess.start(plan);
            startedAt = System.nanoTime();
            coldStarts.incrementAndGet();
            if (admission.become(new ProcessState.Starting(process, false)) instanceof ProcessState.Closed) {
                stop(process);
            }
            process.whenEnded(this::look);
        } catch (StationFailure cannotStart) {
            failed(cannotStart.getMessage());
        }
    }

    private void watchStart(ProcessState.Starting starting) {
        FunctionProcess process = starting.process();
        if (!process.isAlive()) {
            if (starting.wasUp()) {
                died(process);
            } else {
                failed("function " + plan.name() + " ended with " + process.exitCode()
                        + " before it was ready. Its last lines:\n" + process.lastLines());
            }
            return;
        }
        if (!asking) {
            asking = true;
            readiness.of(process).onComplete(asked -> execute(() -> asked(process, asked.result())));
        }
    }

    private void asked(FunctionProcess process, boolean ready) {
        asking = false;
        if (ready && admission.load().state() instanceof ProcessState.Starting starting && starting.process() == process) {
            failedStarts = 0;
            if (!starting.wasUp()) {
                log.accept("function " + plan.name() + " is up after " + millisSince(startedAt) + " ms, process "
                        + process.pid());
            }
            activator.takesRequests(process);
        }
    }

    private void watch(ProcessState.Up up) {
        if (!up.process().isAlive()) {
            died(up.process());
        }
    }

    private void died(FunctionProcess process) {
        log.accept(
                "function " + plan.name() + " died with " + process.exitCode() + "; the next request starts it again");
        admission.become(new ProcessState.Zero(System.nanoTime()));
        look();
    }

    private void failed(String how) {
        Duration backOff = Duration.ofSeconds(1L << Math.min(failedStarts, 5));
        backOff = backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF;
        failedStarts++;
        log.accept(how);
        admission.become(new ProcessState.Zero(System.nanoTime() + backOff.toNanos()));
        activator.refuseWaiting(how);
    }

    private void retire(FunctionProcess process) {
        log.accept("function " + plan.name() + " had nothing to do for "
                + plan.scale().idle().toSeconds() + " s: process " + process.pid() + " is stopped");
        stop(process);
    }

    private void stop(FunctionProcess process) {
        stopping.add(process);
        Thread.ofVirtual().name("stop-" + plan.name()).start(() -> {
            try {
                process.stop(plan.scale().grace());
            } finally {
                stopping.remove(process);
            }
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // The activator was closed while the process was asked.
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
