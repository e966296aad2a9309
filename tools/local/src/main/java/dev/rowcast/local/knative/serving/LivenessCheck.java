package dev.rowcast.local.knative.serving;

import dev.rowcast.testkit.manifest.KnativeServiceManifest.Liveness;
import io.vertx.core.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Probes a process that is up, as the kubelet does, and reports one that no longer responds. Used by one thread, which
/// also runs the results.
final class LivenessCheck {

    private final Liveness liveness;
    private final HttpProbe probe;
    private final Executor thread;

    private Optional<FunctionProcess> probed = Optional.empty();
    private long probedAt;
    private boolean isProbing;
    private int failures;

    LivenessCheck(Liveness liveness, HttpClient client, Executor thread) {
        this.liveness = liveness;
        this.probe = new HttpProbe(client, liveness.path(), liveness.timeout());
        this.thread = thread;
    }

    /// Starts a probe if one is due.
    ///
    /// @param dead receives the process after as many failures in a row as the probe allows
    void check(FunctionProcess process, Consumer<FunctionProcess> dead) {
        if (!probed.equals(Optional.of(process))) {
            probed = Optional.of(process);
            probedAt = System.nanoTime();
            failures = 0;
        }
        if (isProbing || System.nanoTime() - probedAt < liveness.period().toNanos()) {
            return;
        }
        isProbing = true;
        probedAt = System.nanoTime();
        probe.of(process).onComplete(done -> thread.execute(() -> finished(process, done.result(), dead)));
    }

    private void finished(FunctionProcess process, boolean alive, Consumer<FunctionProcess> dead) {
        isProbing = false;
        if (!probed.equals(Optional.of(process))) {
            return;
        }
        failures = alive ? 0 : failures + 1;
        if (failures >= liveness.failures()) {
            failures = 0;
            dead.accept(process);
        }
    }
}
