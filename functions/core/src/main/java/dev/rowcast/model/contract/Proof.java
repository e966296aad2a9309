package dev.rowcast.model.contract;

import dev.rowcast.change.Row;
import dev.rowcast.model.output.Predicted;
import java.util.List;

/// The part of a contract of version 1.2 or later by which a model is checked before it scores: the digest
/// of its graph, and rows with their predictions in training.
///
/// @param digest digest of the file without metadata
/// @param rows the golden rows
public record Proof(String digest, List<Golden> rows) {

    /// A row and its prediction in training.
    ///
    /// @param row the row as the connector sends it
    /// @param expected its prediction in training
    public record Golden(Row row, Predicted expected) {}

    /// Copies the list.
    public Proof {
        rows = List.copyOf(rows);
    }
}
