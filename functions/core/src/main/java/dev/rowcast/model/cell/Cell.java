package dev.rowcast.model.cell;

/// The value of a cell, as read for a feature.
public sealed interface Cell {

    /// Null or blank.
    record Missing() implements Cell {}

    /// A number, converted to the type of its column.
    record Numeric(float value) implements Cell {}

    /// A category, known or unknown, as its column spells it.
    record Category(String text) implements Cell {}

    /// A value that the column cannot hold.
    ///
    /// @param expected the readable values, in words
    record Refused(String expected) implements Cell {}
}
