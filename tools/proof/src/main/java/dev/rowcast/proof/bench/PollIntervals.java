package dev.rowcast.proof.bench;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Stations;
import dev.rowcast.proof.bench.PathLatency.Percentiles;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.process.CpuTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures what the connectors' `poll.interval.ms` costs: the latency of lone rows, and the CPU time of an idle
/// Kafka Connect. Debezium wakes the reader of its queue at a full batch only, and the reader of the WAL sleeps for
/// the same interval, so a lone row waits for both.
public final class PollIntervals {

    private static final List<Integer> MILLIS = Arrays.stream(
                    System.getProperty("bench.intervals", "500,50,20,10,5,2,1").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final int ROWS = 200;
    private static final int WARM_UP_ROWS = 3_000;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private PollIntervals() {}

    /// Prints a line for each interval.
    ///
    /// @param arguments none; `-Dbench.intervals` lists other intervals in milliseconds
    public static void main(String[] arguments) throws Exception {
        try (BenchSystem system = BenchSystem.start(Duration.ofMinutes(30))) {
            system.rows().insert("WARM-UP", 1, WARM_UP_ROWS);
            system.awaitPredicted("WARM-UP", WARM_UP_ROWS);
            system.latency().oneAtATime("WARM-LONE", ROWS);
            System.out.printf("%10s %8s %8s %26s%n", "interval", "p50", "p99", "idle Connect, of one core");
            for (int interval : MILLIS) {
                configure(system.local(), interval);
                system.latency().oneAtATime("FIRST" + interval, ROWS / 10);
                Percentiles lone = system.latency().oneAtATime("LONE" + interval, ROWS);
                system.awaitIdle();
                System.out.printf(
                        "%7d ms %5.0f ms %5.0f ms %24.2f %%%n",
                        interval,
                        lone.p50(),
                        lone.p99(),
                        100 * idle(system.local().stations()));
            }
        }
    }

    private static void configure(LocalSystem local, int interval) {
        for (KafkaConnectorManifest manifest : local.manifests().connectors()) {
            Map<String, String> config = new LinkedHashMap<>(manifest.config());
            config.put("poll.interval.ms", Integer.toString(interval));
            local.stations()
                    .configure(new KafkaConnectorManifest(
                            manifest.name(), manifest.connectorClass(), manifest.tasksMax(), config));
        }
    }

    private static double idle(Stations stations) throws InterruptedException {
        long connect = stations.connect().pid();
        double before = CpuTime.seconds(connect);
        Thread.sleep(IDLE);
        return (CpuTime.seconds(connect) - before) / IDLE.toSeconds();
    }
}
