package dev.rowcast.local.page.feed;

/// The names of the stations of the path, as the page writes them.
///
/// @param sourceTable table whose changes are scored
/// @param capturedTable table of the predictions
/// @param sourceTopic topic of the source table's changes
/// @param capturedTopic topic of the captured table's changes
/// @param deadLetterTopic topic of the events that no function would take
/// @param sourceIndex index of the source table's rows
/// @param capturedIndex index of the predictions
/// @param predictor name of the function that scores, and of its source
/// @param indexer name of the function that indexes, and of its source
/// @param model version of the model
/// @param threshold probability from which on the label is the positive one, 0 to 1
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
