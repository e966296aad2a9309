package dev.rowcast.local.knative.serving;

import dev.rowcast.testkit.process.StationFailure;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
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
///     zero ──request──▶ starting ──ready──▶ up ──idle──▶ zero
///                           │                │
///                           └── exit ────────┴─────────▶ zero
///
/// At zero nothing is scheduled until the next request.
final class Lifecycle {

    private static final Duration INTERVAL_WHILE_STARTING = Duration.ofMillis(20);
    private static final Duration INTERVAL_WHILE_UP = Duration.ofMillis(200);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(20);

    /// The kubelet gives a process this time after SIGTERM even when its grace period is over.
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private static final int STARTS_KEPT = 50;

    private final ServicePlan base;
    private volatile ServicePlan plan;
    private final Admission admission;
    private final Activator activator;
    private final HttpProbe readiness;
    private final Optional<LivenessCheck> liveness;
    private final Consumer<String> log;
    private final ScheduledExecutorService thread;
    private final Set<FunctionProcess> stopping = ConcurrentHashMap.newKeySet();
    private final AtomicLong coldStarts = new AtomicLong();
    private final Deque<FunctionStatus.ColdStart> starts = new ConcurrentLinkedDeque<>();

    private boolean isScheduled;
    private boolean isProbing;
    private int failedStarts;
    private long startedAt;

    Lifecycle(ServicePlan plan, Admission admission, Activator activator, HttpClient client, Consumer<String> log) {
        this.base = plan;
        this.plan = plan;
        this.admission = admission;
        this.activator = activator;
        this.log = log;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("lifecycle-" + plan.name()).factory());
        this.readiness = new HttpProbe(client, plan.readyPath(), READY_TIMEOUT);
        this.liveness = plan.liveness().map(probe -> new LivenessCheck(probe, client, this::execute));
    }

    /// Adds variables to the environment of the next process; a running process keeps its own.
    void setEnvironment(Map<String, String> variables) {
        plan = base.with(variables);
    }

    long coldStarts() {
        return coldStarts.get();
    }

    /// The latest cold starts that ended with a ready process, the latest last.
    List<FunctionStatus.ColdStart> starts() {
        return List.copyOf(starts);
    }

    /// Checks the function now and does what its state requires.
    void check() {
        execute(this::checkNow);
    }

    /// Stops all processes and ends the thread. Waits for a start in progress. The requests of the running
    /// process are answered first, as by the hook that Knative adds to a pod.
    void close(Optional<FunctionProcess> running) {
        running.ifPresent(process -> stop(process, admission::awaitNoneActive));
        try {
            // After this empty task, a start that was in progress has added its process to those that stop.
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

    /// Schedules the next check even after a failure, because requests wait for it.
    private void checkNow() {
        try {
            act();
        } catch (RuntimeException | Error fault) {
            log.accept("function " + plan.name() + ": " + fault);
        } finally {
            scheduleNext();
        }
    }

    private void act() {
        activator.answerExpired();
        admission.scaleToZeroWhenIdle().ifPresent(this::retire);
        switch (admission.load().state()) {
            case ProcessState.Zero zero -> startWhenWanted(zero);
            case ProcessState.Starting starting -> watchStart(starting);
            case ProcessState.Up up when !up.process().child().alive() -> died(up.process());
            case ProcessState.Up up -> liveness.ifPresent(check -> check.check(up.process(), this::replace));
            case ProcessState.Closed _ -> {}
        }
    }

    private void scheduleNext() {
        ProcessState state = admission.load().state();
        if (isScheduled || !(admission.isWanted() || state.running().isPresent())) {
            return;
        }
        Duration next = state instanceof ProcessState.Up ? INTERVAL_WHILE_UP : INTERVAL_WHILE_STARTING;
        isScheduled = true;
        ScheduledFuture<?> _ = thread.schedule(
                () -> {
                    isScheduled = false;
                    checkNow();
                },
                next.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void startWhenWanted(ProcessState.Zero zero) {
        if (!admission.isWanted() || System.nanoTime() - zero.notBefore() < 0) {
            return;
        }
        try {
            FunctionProcess process = FunctionProcess.start(plan);
            startedAt = System.nanoTime();
            coldStarts.incrementAndGet();
            if (admission.update(new ProcessState.Starting(process, false)) instanceof ProcessState.Closed) {
                stop(process);
            }
            process.child().whenEnded(this::check);
        } catch (StationFailure cannotStart) {
            failed(cannotStart.getMessage());
        }
    }

    private void watchStart(ProcessState.Starting starting) {
        FunctionProcess process = starting.process();
        if (process.child().alive()) {
            probe(process);
        } else if (starting.wasUp()) {
            died(process);
        } else {
            failed("function " + plan.name() + " ended with " + process.exitCode()
                    + " before it was ready. Its last lines:\n" + process.lastLines());
        }
    }

    private void probe(FunctionProcess process) {
        if (!isProbing) {
            isProbing = true;
            readiness.of(process).onComplete(probed -> execute(() -> probed(process, probed.result())));
        }
    }

    private void probed(FunctionProcess process, boolean ready) {
        isProbing = false;
        if (ready
                && admission.load().state() instanceof ProcessState.Starting starting
                && starting.process().equals(process)) {
            failedStarts = 0;
            if (!starting.wasUp()) {
                Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
                starts.addLast(new FunctionStatus.ColdStart(Instant.now(), took));
                if (starts.size() > STARTS_KEPT) {
                    starts.removeFirst();
                }
                log.accept("function " + plan.name() + " is up after " + took.toMillis() + " ms, process "
                        + process.pid());
            }
            activator.ready(process);
        }
    }

    private void died(FunctionProcess process) {
        log.accept(
                "function " + plan.name() + " died with " + process.exitCode() + "; the next request starts it again");
        admission.update(new ProcessState.Zero(System.nanoTime()));
        check();
    }

    private void failed(String how) {
        Duration backOff = Duration.ofSeconds(1L << Math.min(failedStarts, 5));
        backOff = backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF;
        failedStarts++;
        log.accept(how);
        admission.update(new ProcessState.Zero(System.nanoTime() + backOff.toNanos()));
        activator.refuseWaiting(how);
    }

    private void retire(FunctionProcess process) {
        log.accept("function " + plan.name() + " had nothing to do for "
                + plan.scale().idle().toSeconds() + " s: process " + process.pid() + " is stopped");
        stop(process);
    }

    private void replace(FunctionProcess process) {
        log.accept("function " + plan.name() + " fails its liveness probe: process " + process.pid() + " is stopped");
        stop(process);
    }

    /// What happens before SIGTERM.
    @FunctionalInterface
    private interface Hook {
        /// Returns the time that is left of the grace period.
        Duration run(Duration grace) throws InterruptedException;
    }

    private void stop(FunctionProcess process) {
        stop(process, grace -> grace);
    }

    /// As the kubelet does: the hook, SIGTERM, and SIGKILL after the grace period, which includes the hook.
    private void stop(FunctionProcess process, Hook hook) {
        stopping.add(process);
        Thread.ofVirtual().name("stop-" + plan.name()).start(() -> {
            try {
                Duration left = hook.run(plan.scale().grace());
                process.stop(left.compareTo(LEAST_GRACE) > 0 ? left : LEAST_GRACE);
            } catch (InterruptedException interrupted) {
                process.kill();
            } finally {
                stopping.remove(process);
            }
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // The activator was closed meanwhile.
        }
    }
}
