package dev.rowcast.local.page.feed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
/// @param action what happens on a prediction; empty when the table has no action
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
        Optional<Action> action,
        String model,
        Optional<Double> threshold,
        Optional<String> unit) {

    /// What happens on a prediction.
    ///
    /// @param function decides about the case of a row
    /// @param caseTable table of the cases
    /// @param eventTopic topic of the events of cases, which leave Postgres through the outbox
    /// @param caseIndex index of the cases
    public record Action(Function function, String caseTable, String eventTopic, String caseIndex) {}

    /// The functions, in the order of the path.
    public List<Function> functions() {
        return Stream.of(Optional.of(predictor), action.map(Action::function), Optional.of(indexer))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The tables whose rows the page counts.
    public List<String> tables() {
        return with(List.of(sourceTable, capturedTable), action.map(Action::caseTable));
    }

    /// The topics whose records the page counts.
    public List<String> topics() {
        return with(List.of(sourceTopic, capturedTopic, deadLetterTopic), action.map(Action::eventTopic));
    }

    /// The indices whose documents the page counts.
    public List<String> indices() {
        return with(List.of(sourceIndex, capturedIndex), action.map(Action::caseIndex));
    }

    private static List<String> with(List<String> names, Optional<String> another) {
        return Stream.concat(names.stream(), another.stream()).toList();
    }

    /// A function and the source of its events for this table.
    ///
    /// @param name name of the function
    /// @param source name of its KafkaSource
    public record Function(String name, String source) {}
}
