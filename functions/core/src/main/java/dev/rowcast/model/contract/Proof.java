package dev.rowcast.model.contract;

import dev.rowcast.change.Row;
import java.util.List;

/// What a contract of version 1.2 carries so that a model proves itself before it scores: the digest of its graph, and
/// rows with the scores that it gave in training.
///
/// @param digest of the file without metadata
/// @param rows the golden rows
public record Proof(String digest, List<Golden> rows) {

    /// A row and its score in training.
    ///
    /// @param row as the connector sends it
    /// @param probability what the model gave for it in training
    /// @param label the label of that probability
    public record Golden(Row row, double probability, String label) {}

    /// Copies the list.
    public Proof {
        rows = List.copyOf(rows);
    }
}
