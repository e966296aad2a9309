package dev.rowcast.table.kibana;

import java.util.List;
import java.util.Objects;

/// A panel: what is counted or measured, and by what.
///
/// @param title its title
/// @param description what it shows, in whole sentences
/// @param chart how it is drawn
/// @param view id of its data view
/// @param query the documents that it counts, in Lucene's syntax; empty for all
/// @param width columns of the 48 of a board
/// @param height rows
/// @param by groups: of a chart the horizontal axis and the colours, of a table its first columns
/// @param show values; at least one
public record BoardPanel(
        String title,
        String description,
        Chart chart,
        String view,
        String query,
        int width,
        int height,
        List<BoardGroup> by,
        List<BoardValue> show) {

    /// How a panel is drawn.
    public enum Chart {
        /// One number.
        METRIC,
        /// Bars over the first group, with a colour for each value of the second.
        BAR,
        /// Lines over the first group, with a colour for each value of the second.
        LINE,
        /// Rows of a table.
        TABLE
    }

    /// Copies the lists; what is missing is empty.
    public BoardPanel {
        query = Objects.requireNonNullElse(query, "");
        by = by == null ? List.of() : List.copyOf(by);
        show = List.copyOf(show);
    }
}
