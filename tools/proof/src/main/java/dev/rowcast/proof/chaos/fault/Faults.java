package dev.rowcast.proof.chaos.fault;

import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.run.Stations;
import dev.rowcast.proof.chaos.poison.PoisonProducer;
import dev.rowcast.proof.chaos.proxy.ElasticsearchProxy;
import dev.rowcast.proof.chaos.proxy.TcpProxy;
import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.ConnectionFaults;
import dev.rowcast.proof.chaos.watch.Violations;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.station.Station;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Creates the faults of a system.
public final class Faults {

    /// Longer than the timeout of a delivery.
    private static final Duration FROZEN = ConnectionFaults.RETRIES.timeout().plusSeconds(1);

    private static final Duration LATENCY = Duration.ofMillis(500);
    private static final Duration LASTS = Duration.ofSeconds(4);
    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(15);
    private static final int STARTS = 5;

    private final ChaosSystem chaos;
    private final Map<String, Fault> byName = new LinkedHashMap<>();

    /// @param poison receives the records that a fault leaves unreadable
    /// @param violations receives what must not happen
    public Faults(ChaosSystem chaos, PoisonProducer poison, Violations violations) {
        this.chaos = chaos;
        chaos.system().functions().forEach(this::ofFunction);
        Stations stations = chaos.system().stations();
        stations.all().forEach(this::ofStation);
        ModelSwap models = new ModelSwap(chaos, new AtomicInteger());
        add(new Fault("swap-model", 1, false, random -> models.swap(inMidBatch("predictor", random))));
        ConverterSwitch converter = new ConverterSwitch(chaos, poison, violations);
        add(new Fault("switch-converter", 0, true, random -> converter.run()));
        add(new Fault("kill-dispatchers", 1, true, random -> chaos.system().dropDispatchers()));
        ConnectionFaults.Proxies proxies = chaos.faults().proxies();
        ofNetwork("postgres", proxies.postgres());
        ofNetwork("elasticsearch", proxies.elasticsearch());
        for (ElasticsearchProxy.Failure failure : ElasticsearchProxy.Failure.values()) {
            if (failure != ElasticsearchProxy.Failure.NONE) {
                add(new Fault("elasticsearch-" + word(failure.name()), 0, false, random -> {
                    proxies.http().setFailure(failure, 0.5);
                    Thread.sleep(LASTS);
                    proxies.http().setFailure(ElasticsearchProxy.Failure.NONE, 0);
                }));
            }
        }
    }

    private void add(Fault fault) {
        byName.put(fault.name(), fault);
    }

    /// {@return all faults}
    public List<Fault> all() {
        return new ArrayList<>(byName.values());
    }

    /// {@return the fault of that name}
    ///
    /// @throws IllegalArgumentException when there is none
    public Fault named(String name) {
        Fault fault = byName.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("there is no fault " + name + "; there are " + byName.keySet());
        }
        return fault;
    }

    private void ofFunction(String function) {
        add(new Fault(
                "kill-" + function,
                1,
                false,
                random ->
                        inMidBatch(function, random).ifPresent(process -> StationProcess.send(process, Signal.KILL))));
        add(new Fault("freeze-" + function, 0, false, random -> {
            Optional<ProcessHandle> frozen = inMidBatch(function, random);
            frozen.ifPresent(process -> StationProcess.send(process, Signal.STOP));
            try {
                Thread.sleep(FROZEN);
            } finally {
                frozen.ifPresent(process -> StationProcess.send(process, Signal.CONT));
            }
        }));
    }

    private void ofStation(Station station) {
        String name = word(station.name().replace("Kafka Connect", "connect"));
        boolean kafka = name.equals("kafka");
        add(new Fault("kill-" + name, 1, kafka, random -> {
            station.kill();
            Thread.sleep(random.nextLong(500));
            start(station);
        }));
        add(new Fault("freeze-" + name, 0, kafka, random -> {
            station.freeze();
            try {
                Thread.sleep(FROZEN);
            } finally {
                station.resume();
            }
        }));
    }

    /// Tries several times, because a station that this one needs may be down too.
    private static void start(Station station) {
        for (int tries = 1; ; tries++) {
            try {
                station.start();
                return;
            } catch (StationFailure failure) {
                if (tries == STARTS) {
                    throw failure;
                }
            }
        }
    }

    private void ofNetwork(String store, TcpProxy proxy) {
        add(new Fault("cut-" + store, 0, false, random -> {
            for (int cuts = 0; cuts < 8; cuts++) {
                proxy.cut();
                Thread.sleep(random.nextLong(100, 500));
            }
            proxy.refuse(true);
            Thread.sleep(Duration.ofSeconds(1));
            proxy.refuse(false);
        }));
        add(new Fault("slow-" + store, 0, false, random -> {
            proxy.slowDown(LATENCY);
            Thread.sleep(LASTS);
            proxy.slowDown(Duration.ZERO);
        }));
    }

    /// {@return the function's process, in the middle of a batch if there is one soon; empty when scaled
    /// to zero}
    private Optional<ProcessHandle> inMidBatch(String function, SplittableRandom random) throws InterruptedException {
        long until = System.nanoTime() + BATCH_TIMEOUT.toNanos();
        while (status(function).active() < 2 && System.nanoTime() < until) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextLong(20));
        OptionalLong pid = status(function).pid();
        return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    }

    private FunctionStatus status(String function) {
        return chaos.system().activators().get(function).status();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }
}
