package dev.rowcast.proof.chaos;

import dev.rowcast.local.load.PacedLoad;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.proof.chaos.check.FinalCheck;
import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.fault.Faults;
import dev.rowcast.proof.chaos.fight.Fight;
import dev.rowcast.proof.chaos.poison.PoisonProducer;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.watch.StoreObserver;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A running system with load, a fight, poison, faults, an observer and the final check.
public final class TestBed implements AutoCloseable {

    private static final int CUSTOMERS = 1_500;

    private final ChaosSystem chaos;
    private final Faults faults;
    private final PacedLoad load;
    private final Fight fight;
    private final PoisonProducer poison;
    private final StoreObserver observer;
    private final FinalCheck check;
    private final ProgressLog progress;
    private long kills;
    private boolean mayRepeatDeadLetters;

    private TestBed(ChaosSystem chaos, long seed, ProgressLog progress) {
        this.chaos = chaos;
        this.progress = progress;
        this.load = PacedLoad.resting(chaos.contract(), chaos.jdbc(), CUSTOMERS, seed, progress::line);
        this.fight = new Fight(chaos.jdbc(), seed);
        this.poison = new PoisonProducer(chaos.kafka(), chaos.sourceTopic(), chaos.contract(), seed);
        this.observer = new StoreObserver(chaos);
        this.faults = new Faults(chaos, poison, observer.violations());
        this.check = new FinalCheck(chaos, observer);
    }

    /// Starts the system without load.
    public static TestBed open(Checkout checkout, Path folder, long seed, ProgressLog progress) throws Exception {
        ChaosSystem chaos = ChaosSystem.start(checkout, folder, seed, progress);
        try {
            return new TestBed(chaos, seed, progress);
        } catch (RuntimeException failure) {
            chaos.close();
            throw failure;
        }
    }

    /// {@return the system}
    public ChaosSystem chaos() {
        return chaos;
    }

    /// {@return the faults of the system}
    public Faults faults() {
        return faults;
    }

    /// {@return the observer of the stores}
    public StoreObserver observer() {
        return observer;
    }

    /// {@return the receiver of progress lines}
    ProgressLog progress() {
        return progress;
    }

    /// Starts a run.
    void begin() throws Exception {
        poison.clear();
        mayRepeatDeadLetters = false;
        check.begin();
    }

    /// Sets the rates of load, fight and poison.
    void load(LoadRates rates) {
        load.setRate(rates.changes());
        fight.setRate(rates.fights());
        poison.setRate(rates.poison());
    }

    /// Injects the faults at the same time, and returns when all are repaired.
    void inject(List<Fault> some, SplittableRandom random) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fault fault : some) {
                kills += fault.kills();
                mayRepeatDeadLetters |= fault.mayRepeatDeadLetters();
                SplittableRandom own = random.split();
                running.add(threads.submit(() -> {
                    fault.action().run(own);
                    return fault;
                }));
            }
            for (Future<?> fault : running) {
                fault.get();
            }
        }
    }

    /// Sets the number of events that are shuffled with each other. The sources restart with room for them.
    void shuffleWithin(int events) {
        mayRepeatDeadLetters |= chaos.delivery().window() != events;
        chaos.shuffleWithin(events);
    }

    /// Ends the run: stops the load, and checks the stores.
    RunResult end() throws Exception {
        load.rest();
        fight.pause();
        poison.pause();
        return check.result(poison.injected(), fight.keys(), mayRepeatDeadLetters)
                .andLost(fight.takeUnexpected());
    }

    /// {@return the number of events that the sources have not delivered yet}
    long behind() {
        return chaos.system().dispatchers().stream()
                .mapToLong(dispatcher -> dispatcher.lag().orElse(0))
                .sum();
    }

    /// {@return the counts so far}
    RunCounts counts() {
        return new RunCounts(
                chaos.deliveries().counts(),
                fight.counts().transactions(),
                observer.races(),
                chaos.coldStarts(),
                kills);
    }

    @Override
    public void close() {
        load.close();
        fight.close();
        poison.close();
        check.close();
        observer.close();
        chaos.close();
    }
}
