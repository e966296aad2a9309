package dev.rowcast.model.contract;

import dev.rowcast.change.Row;
import java.util.List;

/// The part of a contract of version 1.2 or later by which a model is checked before it scores: the digest
/// of its graph, and rows with their scores in training.
///
/// @param digest digest of the file without metadata
/// @param rows the golden rows
public record Proof(String digest, List<Golden> rows) {

    /// A row and its score in training.
    ///
    /// @param row the row as the connector sends it
    /// @param probability its score in training
    /// @param label its label in training
    public record Golden(Row row, double probability, String label) {}

    /// Copies the list.
    public Proof {
        rows = List.copyOf(rows);
    }
}
