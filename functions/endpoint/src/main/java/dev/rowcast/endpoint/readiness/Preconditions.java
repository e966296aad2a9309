package dev.rowcast.endpoint.readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// All conditions for accepting events. Shown by readiness and by metric `rowcast_precondition`, by `name`:
/// 1 while it holds, 0 while it does not.
@Singleton
public class Preconditions {

    private static final Logger LOG = Logger.getLogger(Preconditions.class);

    /// Time between two checks of a failed precondition, so that a function is ready soon after the cause
    /// is removed.
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final List<Precondition> all = new CopyOnWriteArrayList<>();
    private final List<Thread> watches = new CopyOnWriteArrayList<>();

    Preconditions(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Adds a precondition. It is checked at once and then periodically, one check at a time, on
    /// a virtual thread.
    ///
    /// @param name the name in readiness and metrics
    /// @param interval time between two checks while it holds; after a failure at most [#RETRY_INTERVAL]
    /// @param check returns why it does not hold, in one line, or empty; may block; an exception counts as
    ///     a problem
    public Precondition watch(String name, Duration interval, Supplier<Optional<String>> check) {
        return watch(new Precondition(name, true), interval, check);
    }

    /// Adds a warning: it is checked and shown like a precondition, but leaves the function ready.
    ///
    /// @param name the name in readiness and metrics
    /// @param interval as for [#watch]
    /// @param check returns the problem, in one line, or empty; may block; an exception counts as a problem
    public Precondition warn(String name, Duration interval, Supplier<Optional<String>> check) {
        return watch(new Precondition(name, false), interval, check);
    }

    private Precondition watch(Precondition watched, Duration interval, Supplier<Optional<String>> check) {
        String name = watched.name();
        all.add(watched);
        Gauge.builder(
                        "rowcast.precondition",
                        watched,
                        precondition -> precondition.problem().isEmpty() ? 1 : 0)
                .tag("name", name)
                .register(registry);
        watches.add(Thread.ofVirtual().name("precondition-" + name).start(() -> {
            try {
                while (true) {
                    report(watched, resultOf(check));
                    Thread.sleep(pauseAfter(watched, interval));
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
        return watched;
    }

    /// All preconditions, in the order in which they were added.
    public List<Precondition> all() {
        return List.copyOf(all);
    }

    @PreDestroy
    void stop() {
        watches.forEach(Thread::interrupt);
    }

    private static Duration pauseAfter(Precondition watched, Duration interval) {
        boolean holds = watched.problem().isEmpty();
        return holds || interval.compareTo(RETRY_INTERVAL) < 0 ? interval : RETRY_INTERVAL;
    }

    private static Optional<String> resultOf(Supplier<Optional<String>> check) {
        try {
            return Objects.requireNonNull(check.get(), "the check returned null");
        } catch (RuntimeException failed) {
            LOG.debug("A check failed", failed);
            return Optional.of(String.valueOf(failed.getMessage()));
        } catch (Error failed) {
            // The checks must continue, or readiness would show an old state forever.
            LOG.error("A check failed", failed);
            return Optional.of(failed.toString());
        }
    }

    private static void report(Precondition watched, Optional<String> problem) {
        if (watched.update(problem)) {
            problem.ifPresentOrElse(
                    why -> LOG.warnf("%s, %s: %s", watched.isRequired() ? "Not ready" : "Warning", watched.name(), why),
                    () -> LOG.debugf("%s: holds", watched.name()));
        }
    }
}
