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

/// Everything that must hold before this function takes events. Readiness shows it, and so does metric
/// `rowcast_precondition`, by `name`: 1 while it holds, 0 while it does not.
@Singleton
public class Preconditions {

    private static final Logger LOG = Logger.getLogger(Preconditions.class);

    /// Time between two checks of what does not hold, so that a function is ready again soon after its cause is gone.
    static final Duration IMPATIENT = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final List<Precondition> all = new CopyOnWriteArrayList<>();
    private final List<Thread> watches = new CopyOnWriteArrayList<>();

    Preconditions(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Adds a precondition that is checked at once and then again and again, one check at a time, on a virtual thread.
    ///
    /// @param name what it is about
    /// @param interval time between two checks while it holds; while it does not, at most [#IMPATIENT]
    /// @param check why it does not hold, in one line, or empty; it may block; what it throws is a problem too
    public Precondition watch(String name, Duration interval, Supplier<Optional<String>> check) {
        return watch(new Precondition(name, true), interval, check);
    }

    /// Adds something that is checked and shown like a precondition, and leaves the function ready.
    ///
    /// @param name what it is about
    /// @param interval as for [#watch]
    /// @param check what is wrong, in one line, or empty; it may block; an exception is a problem too
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

    /// All of them, in the order in which they were added.
    public List<Precondition> all() {
        return List.copyOf(all);
    }

    @PreDestroy
    void stop() {
        watches.forEach(Thread::interrupt);
    }

    private static Duration pauseAfter(Precondition watched, Duration interval) {
        boolean holds = watched.problem().isEmpty();
        return holds || interval.compareTo(IMPATIENT) < 0 ? interval : IMPATIENT;
    }

    private static Optional<String> resultOf(Supplier<Optional<String>> check) {
        try {
            return Objects.requireNonNull(check.get(), "the check says nothing");
        } catch (RuntimeException failed) {
            LOG.debug("A check failed", failed);
            return Optional.of(String.valueOf(failed.getMessage()));
        } catch (Error failed) {
            // The watch must go on, or readiness would say for ever what was true before.
            LOG.error("A check failed", failed);
            return Optional.of(failed.toString());
        }
    }

    private static void report(Precondition watched, Optional<String> problem) {
        if (watched.is(problem)) {
            problem.ifPresentOrElse(
                    why -> LOG.warnf("%s, %s: %s", watched.isRequired() ? "Not ready" : "Warning", watched.name(), why),
                    () -> LOG.debugf("%s: holds", watched.name()));
        }
    }
}
