package dev.rowcast.peers.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of one contender, by metric, and its latencies by rate.
///
/// @param title of the contender
/// @param values by the name of the metric
/// @param latencies percentiles 0 to 100 in milliseconds, by changes per second
public record Figures(String title, Map<String, Double> values, Map<Integer, double[]> latencies) {

    private static final int PERCENTILES = 101;

    /// No figures yet.
    public Figures(String title) {
        this(title, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// Adds a figure.
    public void put(Metric metric, double value) {
        values.put(metric.name(), value);
    }

    /// Adds the latencies of a rate.
    public void put(int perSecond, PhaseLatencies phase) {
        double[] percentiles = new double[PERCENTILES];
        for (int i = 0; i < PERCENTILES; i++) {
            percentiles[i] = phase.quantile(i / 100.0);
        }
        latencies.put(perSecond, percentiles);
    }

    /// A figure; not a number when it was not measured.
    public double get(Metric metric) {
        return values.getOrDefault(metric.name(), Double.NaN);
    }
}
