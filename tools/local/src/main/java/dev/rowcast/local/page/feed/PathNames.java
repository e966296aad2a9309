package dev.rowcast.local.page.feed;

/// The names that the page shows.
///
/// @param sourceTable table whose changes are scored
/// @param capturedTable table of the predictions
/// @param sourceTopic topic of the source table's changes
/// @param capturedTopic topic of the captured table's changes
/// @param deadLetterTopic topic of the events that the functions rejected
/// @param sourceIndex index of the source table's rows
/// @param capturedIndex index of the predictions
/// @param predictor name of the function that scores and of its KafkaSource
/// @param indexer name of the function that indexes and of its KafkaSource
/// @param model version of the model
/// @param threshold lowest probability with the positive label, 0 to 1
public record PathNames(
        String sourceTable,
        String capturedTable,
        String sourceTopic,
        String capturedTopic,
        String deadLetterTopic,
        String sourceIndex,
        String capturedIndex,
        String predictor,
        String indexer,
        String model,
        double threshold) {}
