package dev.rowcast.local.page.feed;

import dev.rowcast.drift.Shift;
import dev.rowcast.local.page.feed.Poller.Heard;
import java.util.List;
import java.util.Map;

/// What was last heard of each station. Not thread safe.
final class PageState {

    Heard<Map<String, Long>> tables = notAsked();
    Heard<Map<String, Long>> topics = notAsked();
    Heard<Map<String, Long>> indices = notAsked();
    Heard<List<Shift>> shifts = notAsked();
    Heard<List<Problem>> problems = notAsked();
    Heard<List<FunctionState>> functions = notAsked();
    Heard<List<SourceState>> sources = notAsked();
    Heard<List<Prediction>> predictions = notAsked();

    private static <T> Heard<T> notAsked() {
        return new Heard.Silence<>("not asked yet");
    }

    Map<String, Heard<?>> byStation() {
        return Map.of(
                "tables", tables,
                "topics", topics,
                "indices", indices,
                "shifts", shifts,
                "problems", problems,
                "functions", functions,
                "sources", sources,
                "predictions", predictions);
    }
}
