package dev.rowcast.local.page.feed;

import dev.rowcast.drift.Shift;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.page.feed.Poller.Result;
import java.util.List;
import java.util.Map;

/// The latest result of each query. Not thread safe.
final class PageState {

    Result<Map<String, Long>> tables = notQueried();
    Result<Map<String, Long>> topics = notQueried();
    Result<Map<String, Long>> indices = notQueried();
    Result<List<Shift>> shifts = notQueried();
    Result<List<Problem>> problems = notQueried();
    Result<List<FunctionStatus>> functions = notQueried();
    Result<Map<String, StationQueries.Source>> sources = notQueried();
    Result<Map<String, Boolean>> stations = notQueried();
    Result<List<Prediction>> predictions = notQueried();

    private static <T> Result<T> notQueried() {
        return new Result.Failure<>("not queried yet");
    }

    Map<String, Result<?>> byStation() {
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
