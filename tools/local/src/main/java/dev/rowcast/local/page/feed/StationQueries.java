package dev.rowcast.local.page.feed;

import dev.rowcast.drift.Shift;
import java.util.List;
import java.util.Map;

/// Where the page takes what it shows.
///
/// @param predictions the predictions stored since it was last asked, oldest first; may wait a moment for the first
/// @param tables rows of each table by its name; of the captured table those that are not deleted
/// @param topics records ever written to each topic by its name
/// @param indices documents of each index by its name
/// @param shifts how far each column has shifted since training
/// @param problems what is wrong with the path of changes
/// @param functions the functions
/// @param sources the sources
public record StationQueries(
        StationQuery<List<Prediction>> predictions,
        StationQuery<Map<String, Long>> tables,
        StationQuery<Map<String, Long>> topics,
        StationQuery<Map<String, Long>> indices,
        StationQuery<List<Shift>> shifts,
        StationQuery<List<Problem>> problems,
        StationQuery<List<FunctionState>> functions,
        StationQuery<List<SourceState>> sources) {}
