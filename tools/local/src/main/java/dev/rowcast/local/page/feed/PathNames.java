package dev.rowcast.local.page.feed;

import java.util.Optional;

/// The names of a table's path that the page shows.
///
/// @param title name of the table in the switch between tables
/// @param sourceTable table whose changes are scored
/// @param capturedTable table of the predictions
/// @param sourceTopic topic of the source table's changes
/// @param capturedTopic topic of the captured table's changes
/// @param deadLetterTopic topic of the events that the functions rejected
/// @param sourceIndex index of the source table's rows
/// @param capturedIndex index of the predictions
/// @param predictor the function that scores
/// @param indexer the function that indexes, for all tables
/// @param model version of the model
/// @param threshold lowest probability with the positive label, 0 to 1; empty for a model that does not choose
///     between two labels
/// @param unit of a predicted value; empty if the contract names none
public record PathNames(
        String title,
        String sourceTable,
        String capturedTable,
        String sourceTopic,
        String capturedTopic,
        String deadLetterTopic,
        String sourceIndex,
        String capturedIndex,
        Function predictor,
        Function indexer,
        String model,
        Optional<Double> threshold,
        Optional<String> unit) {

    /// A function and the source of its events for this table.
    ///
    /// @param name name of the function
    /// @param source name of its KafkaSource
    public record Function(String name, String source) {}
}
