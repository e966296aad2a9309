package dev.rowcast.table.kibana;

import java.util.Objects;

/// A data view: the index that panels search.
///
/// @param id its id, by which panels name it
/// @param index name of the index
/// @param name what a reader sees
/// @param time the field by which the time range of a board selects documents; empty: all documents, whatever the range
public record DataView(String id, String index, String name, String time) {

    /// A missing time field is an empty one.
    public DataView {
        time = Objects.requireNonNullElse(time, "");
    }
}
