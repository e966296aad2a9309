package dev.rowcast.local.page.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.thread.PeriodicTask;
import dev.rowcast.testkit.process.CpuTime;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Station;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The bill of this run: CPU seconds of each process, seconds at zero of each function, and what runs while
/// nothing changes. Each process is read every second, so the last second of one that ends is not counted.
public final class Meter implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Map<String, Activator> functions;
    private final List<Station> stations;
    private final Map<String, Usage> usages = new LinkedHashMap<>();
    private final long started = System.nanoTime();
    private final PeriodicTask samples;

    /// The usage of one function or station, over all its processes.
    private static final class Usage {
        private OptionalLong pid = OptionalLong.empty();
        private double ended;
        private double current;
        private double atZero;
        private double up;

        void sample(OptionalLong now, double seconds) {
            if (!now.equals(pid)) {
                ended += current;
                current = 0;
                pid = now;
            }
            if (now.isPresent()) {
                current = Math.max(current, CpuTime.seconds(now.getAsLong()));
                up += seconds;
            } else {
                atZero += seconds;
            }
        }
    }

    /// Starts to measure.
    ///
    /// @param functions by name, in the order of the path
    /// @param stations  the stores and Kafka Connect
    public Meter(Map<String, Activator> functions, List<Station> stations) {
        this.functions = new LinkedHashMap<>(functions);
        this.stations = List.copyOf(stations);
        sample(0);
        this.samples = PeriodicTask.every(INTERVAL, "meter", new Runnable() {
            private long last = started;

            @Override
            public void run() {
                long now = System.nanoTime();
                sample((now - last) / 1e9);
                last = now;
            }
        });
    }

    private synchronized void sample(double seconds) {
        functions.forEach(
                (name, activator) -> usage(name).sample(activator.status().pid(), seconds));
        stations.forEach(station -> usage(station.name()).sample(pid(station), seconds));
    }

    private Usage usage(String name) {
        return usages.computeIfAbsent(name, _ -> new Usage());
    }

    private static OptionalLong pid(Station station) {
        try {
            return OptionalLong.of(station.pid());
        } catch (StationFailure stopped) {
            return OptionalLong.empty();
        }
    }

    /// The bill so far.
    public synchronized JsonNode read() {
        ObjectNode bill = JsonNodeFactory.instance.objectNode();
        bill.put("seconds", (System.nanoTime() - started) / 1e9);
        long processors = Runtime.getRuntime().availableProcessors();
        bill.put("processors", processors);
        functions.forEach((name, activator) -> {
            FunctionStatus status = activator.status();
            entry(bill.withArray("functions").addObject(), name)
                    .put(
                            "answers",
                            status.answers().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    .put("coldStarts", status.coldStarts());
        });
        stations.forEach(station -> entry(bill.withArray("stations").addObject(), station.name()));
        // Includes the stand-in for Knative, the load and this page.
        ProcessHandle.current().info().totalCpuDuration().ifPresent(own -> bill.put("launcher", own.toMillis() / 1e3));
        return bill;
    }

    private ObjectNode entry(ObjectNode entry, String name) {
        Usage usage = usage(name);
        return entry.put("name", name)
                .put("cpu", usage.ended + usage.current)
                .put("up", usage.up)
                .put("atZero", usage.atZero)
                .put("running", usage.pid.isPresent());
    }

    @Override
    public void close() {
        samples.close();
    }
}
