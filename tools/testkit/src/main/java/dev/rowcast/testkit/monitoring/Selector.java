package dev.rowcast.testkit.monitoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The series that a part of a query selects, reduced to the labels that it compares for equality.
///
/// @param metric name of the metric
/// @param labels values of labels
public record Selector(String metric, Map<String, String> labels) {

    /// The metrics of the path, of Kubernetes and of the exporters begin with one of these words; no label does.
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:rowcast|kafka|debezium|connect|cnpg|kube|container)_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern EQUAL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /// Copies the labels.
    public Selector {
        labels = Map.copyOf(labels);
    }

    /// The selectors of a query.
    public static List<Selector> of(String query) {
        return SELECTOR.matcher(query).results().map(Selector::of).distinct().toList();
    }

    private static Selector of(MatchResult found) {
        Map<String, String> labels = new TreeMap<>();
        if (found.group(2) != null) {
            EQUAL.matcher(found.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Selector(found.group(1), labels);
    }

    /// Whether it selects a series.
    ///
    /// @param series a line of a scraped page, without its value: `metric{label="value"}`
    public boolean selects(String series) {
        return (series.equals(metric) || series.startsWith(metric + "{"))
                && labels.entrySet().stream()
                        .allMatch(label -> series.matches(
                                ".*[{,]" + label.getKey() + "=\"" + Pattern.quote(label.getValue()) + "\".*"));
    }

    /// The same without labels that the scraping Prometheus adds.
    ///
    /// @param target names of labels of a target
    public Selector without(List<String> target) {
        Map<String, String> left = new TreeMap<>(labels);
        left.keySet().removeAll(target);
        return new Selector(metric, left);
    }
}
