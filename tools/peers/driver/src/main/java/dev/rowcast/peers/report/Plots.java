package dev.rowcast.peers.report;

import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The plots of a report.
final class Plots {

    private Plots() {}

    /// The plots by the names of their files.
    static Map<String, BarChart> of(Report report) {
        Map<String, BarChart> plots = new LinkedHashMap<>();
        for (int percentile : List.of(50, 99)) {
            plots.put(
                    "latency-p" + percentile,
                    new BarChart(
                            "Commit → result, p" + percentile + ", by changes/s (ms; less is better)",
                            report.rates().stream().map(rate -> rate + "/s").toList(),
                            report.titles(),
                            report.figures().stream()
                                    .map(one -> latencies(report, one, percentile))
                                    .toList()));
        }
        plots.put("throughput", metrics("Backfill (changes/s; more is better)", report, Stream.of(Metric.BACKFILL)));
        plots.put(
                "cpu",
                metrics(
                        "CPU for 1,000 changes (ms; less is better)",
                        report,
                        Stream.of(Metric.BACKFILL_CPU, Metric.RATE_CPU)));
        plots.put(
                "memory",
                metrics("Memory (MiB; less is better)", report, Stream.of(Metric.MEMORY_IDLE, Metric.MEMORY_LOADED)));
        plots.put("start", metrics("Start → first result (s; less is better)", report, Stream.of(Metric.START)));
        plots.put(
                "kill",
                metrics(
                        "After kill -9: longest time without a result (s; less is better)",
                        report,
                        Stream.of(Metric.SILENCE)));
        return plots;
    }

    private static List<Double> latencies(Report report, Figures one, int percentile) {
        return report.rates().stream()
                .map(rate -> one.latencies().containsKey(rate) ? one.latencies().get(rate)[percentile] : Double.NaN)
                .toList();
    }

    private static BarChart metrics(String title, Report report, Stream<Metric> metrics) {
        List<Metric> groups = metrics.toList();
        return new BarChart(
                title,
                groups.stream().map(Metric::title).toList(),
                report.titles(),
                report.figures().stream()
                        .map(one -> groups.stream().map(one::get).toList())
                        .toList());
    }
}
