package dev.rowcast.table.kibana;

import java.util.List;

/// A board.
///
/// @param id its id in Kibana
/// @param title its title
/// @param description what it shows
/// @param from begin of the time range that it opens with, such as `now-7d`
/// @param panels its panels, placed from left to right
public record Board(String id, String title, String description, String from, List<BoardPanel> panels) {

    /// Copies the panels.
    public Board {
        panels = List.copyOf(panels);
    }
}
