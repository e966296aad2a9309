package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.system.ChaosSystem;

import dev.rowcast.local.load.PacedLoad;
import dev.rowcast.local.run.Progress;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.delivery.RecordId;
import dev.rowcast.proof.chaos.fault.FaultEffects;
import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.fault.Faults;
import dev.rowcast.proof.chaos.fight.Fight;
import dev.rowcast.proof.chaos.poison.Poison;
import dev.rowcast.proof.chaos.poison.PoisonProducer;
import dev.rowcast.proof.chaos.check.FinalCheck;
import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.watch.StoreObserver;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A running system with load, clients that fight, poison, faults, an observer and a court: experiments are made in it.
public final class TestBed implements AutoCloseable {

    private static final int CUSTOMERS = 1_500;

    private final ChaosSystem chaos;
    private final FaultEffects aftermath = new FaultEffects();
    private final Faults faults;
    private final PacedLoad load;
    private final Fight fight;
    private final PoisonProducer poison;
    private final StoreObserver observer;
    private final FinalCheck court;
    private final Progress progress;
    private long kills;
    private boolean mayRepeatLetters;

    private TestBed(ChaosSystem chaos, long seed, Progress progress) {
        ModelContract contract = chaos.system().contract();
        String kafka = chaos.system().stations().kafka().address();
        String topic =
                "churn." + contract.source().schema() + "." + contract.source().table();
        this.chaos = chaos;
        this.progress = progress;
        this.faults = new Faults(chaos, aftermath);
        this.load = PacedLoad.resting(contract, chaos.jdbc(), CUSTOMERS, seed, progress::line);
        this.fight = Fight.resting(chaos.jdbc(), seed);
        this.poison = new PoisonProducer(kafka, topic, contract, seed);
        this.observer = StoreObserver.of(chaos);
        this.court = new FinalCheck(chaos, observer);
    }

    /// Starts everything; nothing changes yet.
    public static TestBed open(Checkout checkout, Path folder, long seed, Progress progress) throws Exception {
        ChaosSystem chaos = ChaosSystem.start(checkout, folder, seed, progress);
        try {
            return new TestBed(chaos, seed, progress);
        } catch (RuntimeException failure) {
            chaos.close();
            throw failure;
        }
    }

    /// The system.
    public ChaosSystem chaos() {
        return chaos;
    }

    /// What can be done to it.
    public Faults faults() {
        return faults;
    }

    /// Who watches it.
    public StoreObserver observer() {
        return observer;
    }

    /// Takes a line for people.
    Progress progress() {
        return progress;
    }

    /// Begins an experiment.
    void begin() throws Exception {
        poison.forget();
        aftermath.forget();
        mayRepeatLetters = false;
        court.open();
    }

    /// Lets rows change, clients fight, and poison come.
    void load(LoadRates rates) {
        load.setRate(rates.changes());
        fight.setRate(rates.fights());
        poison.setRate(rates.poison());
    }

    /// Does all of it at the same time, and mends it.
    void strike(List<Fault> some, SplittableRandom random) throws InterruptedException, ExecutionException {
        List<Future<?>> strikes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fault fault : some) {
                kills += fault.kills();
                mayRepeatLetters |= fault.mayRepeatLetters();
                SplittableRandom own = random.split();
                strikes.add(threads.submit(() -> {
                    fault.act().strike(own);
                    return fault;
                }));
            }
            for (Future<?> strike : strikes) {
                strike.get();
            }
        }
    }

    /// The sources are made anew with room for so many events that wait for each other.
    void shuffleWithin(int events) {
        mayRepeatLetters |= chaos.disorder().window() != events;
        chaos.shuffleWithin(events);
    }

    /// Ends the experiment: no more changes, and everything is held against everything.
    RunResult end() throws Exception {
        load.rest();
        fight.rest();
        poison.rest();
        Map<RecordId, Poison> injected = new HashMap<>(poison.injected());
        aftermath.unreadable().forEach(record -> injected.putIfAbsent(record, Poison.GARBAGE));
        return court.judge(injected, fight.keys(), mayRepeatLetters)
                .andLost(fight.takeUnexpected())
                .andLost(aftermath.broken());
    }

    /// Events that the sources have not delivered yet, as far as they know.
    long behind() {
        return chaos.system().dispatchers().stream()
                .mapToLong(dispatcher -> dispatcher.lag().orElse(0))
                .sum();
    }

    /// What was done and delivered so far.
    RunCounts sums() {
        return new RunCounts(chaos.ledger().sums(), fight.sums(), observer.races(), chaos.coldStarts(), kills);
    }

    @Override
    public void close() {
        load.close();
        fight.close();
        poison.close();
        court.close();
        observer.close();
        chaos.close();
    }
}
