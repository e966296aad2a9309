package dev.rowcast.model;

/// What a cell of a feature says.
sealed interface Cell {

    /// It is null or blank.
    record Missing() implements Cell {}

    /// A number, as its column holds it.
    record Numeric(float value) implements Cell {}

    /// A category, known or not, as its column spells it.
    record Category(String text) implements Cell {}

    /// Nothing that the column can hold.
    ///
    /// @param expected what would be read, in words
    record Refused(String expected) implements Cell {}
}
