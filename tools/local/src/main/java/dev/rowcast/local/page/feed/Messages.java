package dev.rowcast.local.page.feed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.drift.Psi;
import dev.rowcast.drift.Shift;
import dev.rowcast.local.knative.serving.FunctionStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The JSON of the page's messages. An unknown figure is null.
final class Messages {

    private static final JsonMapper JSON = new JsonMapper();

    /// The status of a refusal.
    private static final int REFUSED = 422;

    private Messages() {}

    static ObjectNode names(PathNames path) {
        ObjectNode names = JSON.createObjectNode();
        path.action()
                .ifPresent(action -> names.put("retention", action.function().name())
                        .put("retentionSource", action.function().source())
                        .put("caseTable", action.caseTable())
                        .put("eventTopic", action.eventTopic())
                        .put("caseIndex", action.caseIndex()));
        return names.put("sourceTable", path.sourceTable())
                .put("capturedTable", path.capturedTable())
                .put("sourceTopic", path.sourceTopic())
                .put("capturedTopic", path.capturedTopic())
                .put("deadLetterTopic", path.deadLetterTopic())
                .put("sourceIndex", path.sourceIndex())
                .put("capturedIndex", path.capturedIndex())
                .put("predictor", path.predictor().name())
                .put("predictorSource", path.predictor().source())
                .put("indexer", path.indexer().name())
                .put("indexerSource", path.indexer().source())
                .put("model", path.model())
                .put("threshold", path.threshold().orElse(null))
                .put("unit", path.unit().orElse(null))
                .put("leastRows", Shift.LEAST_ROWS)
                .put("someShift", Psi.SOME)
                .put("largeShift", Psi.LARGE);
    }

    static ArrayNode rows(Iterable<Prediction> predictions) {
        ArrayNode rows = JSON.createArrayNode();
        for (Prediction prediction : predictions) {
            Optional<Double> latency = prediction.latency().map(time -> time.toNanos() / 1e6);
            ObjectNode row = rows.addObject()
                    .put("key", prediction.key())
                    .put("operation", prediction.operation())
                    .put("storedAt", prediction.storedAt().toEpochMilli())
                    .put("latency", latency.orElse(null));
            prediction.score().ifPresent(score -> score(row, score));
        }
        return rows;
    }

    private static void score(ObjectNode row, Prediction.Score score) {
        switch (score) {
            case Prediction.Score.Label(String label, double probability) ->
                row.put("label", label).put("probability", probability);
            case Prediction.Score.Value(double value, Optional<Prediction.Interval> interval) -> {
                row.put("value", value);
                interval.ifPresent(bounds -> row.put("lower", bounds.lower()).put("upper", bounds.upper()));
            }
        }
    }

    static ObjectNode latency(Latencies warm, Latencies cold) {
        ObjectNode latency = JSON.createObjectNode();
        latency.set("warm", latency(warm));
        latency.set("cold", latency(cold));
        return latency;
    }

    private static ObjectNode latency(Latencies latencies) {
        ObjectNode latency = JSON.createObjectNode().put("count", latencies.count());
        latencies.percentile(0.5).ifPresent(p50 -> latency.put("p50", p50));
        latencies.percentile(0.99).ifPresent(p99 -> latency.put("p99", p99));
        return latency;
    }

    static ObjectNode state(PathNames path, PageState known) {
        ObjectNode state = JSON.createObjectNode();
        counts(state.putObject("tables"), known.tables, path.tables());
        counts(state.putObject("topics"), known.topics, path.topics());
        counts(state.putObject("indices"), known.indices, path.indices());
        ArrayNode shifts = state.putArray("shifts");
        for (Shift shift : known.shifts.orElse(List.of())) {
            shifts.addObject()
                    .put("column", shift.column())
                    .put("rows", shift.rows())
                    .put("psi", shift.isKnown() ? Double.valueOf(Math.round(shift.psi() * 1000) / 1000.0) : null);
        }
        state.set("problems", JSON.valueToTree(known.problems.orElse(List.of())));
        ObjectNode functions = state.putObject("functions");
        known.functions.orElse(List.of()).forEach(one -> functions.set(one.name(), function(one)));
        ObjectNode sources = state.putObject("sources");
        known.sources.orElse(Map.of()).forEach((name, source) -> sources.set(name, source(source)));
        ObjectNode stations = state.putObject("stations");
        known.stations.orElse(Map.of()).forEach(stations::put);
        ObjectNode silent = state.putObject("silent");
        new TreeMap<>(known.byStation()).forEach((station, result) -> {
            if (result instanceof Poller.Result.Failure(String why)) {
                silent.put(station, why);
            }
        });
        return state;
    }

    private static ObjectNode function(FunctionStatus function) {
        ObjectNode status = JSON.createObjectNode()
                .put("state", function.state())
                .put("coldStarts", function.coldStarts())
                .put("active", function.active())
                .put("waiting", function.waiting())
                .put("refused", function.answered(REFUSED));
        function.pid().ifPresent(pid -> status.put("pid", pid));
        ArrayNode starts = status.putArray("starts");
        function.starts()
                .forEach(start -> starts.addObject()
                        .put("readyAt", start.readyAt().toEpochMilli())
                        .put("took", start.took().toMillis()));
        return status;
    }

    private static ObjectNode source(StationQueries.Source source) {
        ObjectNode counts = JSON.createObjectNode()
                .put("delivered", source.counts().delivered())
                .put("retried", source.counts().retried())
                .put("deadLettered", source.counts().deadLettered())
                .put("dropped", source.counts().dropped());
        source.lag().ifPresent(lag -> counts.put("lag", lag));
        return counts;
    }

    private static void counts(ObjectNode into, Poller.Result<Map<String, Long>> result, List<String> names) {
        for (String name : names) {
            into.put(name, result.orElse(Map.of()).get(name));
        }
    }
}
