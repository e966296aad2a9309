package dev.rowcast.local.page.feed;

import dev.rowcast.drift.Shift;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.SourceCounts;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The queries that supply the page.
///
/// @param predictions predictions stored since the last query, oldest first; may wait for the first
/// @param tables      rows of each table by its name; of the captured table those that are not deleted, of
///                    cases the open ones
/// @param topics      records ever written to each topic by its name
/// @param indices     documents of each index by its name
/// @param shifts      shift of each column since training
/// @param problems    problems of the change path
/// @param functions   status of each function
/// @param sources     counts of each source by its name
/// @param stations    whether the process of each station runs, by the station's name
public record StationQueries(
        StationQuery<List<Prediction>> predictions,
        StationQuery<Map<String, Long>> tables,
        StationQuery<Map<String, Long>> topics,
        StationQuery<Map<String, Long>> indices,
        StationQuery<List<Shift>> shifts,
        StationQuery<List<Problem>> problems,
        StationQuery<List<FunctionStatus>> functions,
        StationQuery<Map<String, Source>> sources,
        StationQuery<Map<String, Boolean>> stations) {

    /// A source of events.
    ///
    /// @param counts its deliveries
    /// @param lag    records that are unread or in progress; empty before its first poll
    public record Source(SourceCounts.Snapshot counts, OptionalLong lag) {}
}
