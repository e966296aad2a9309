package dev.rowcast.predictor.tables;

/// The type of a column of a live table.
///
/// @param type the name of the type in SQL, such as `character varying`
/// @param castType the type as a quoted identifier for a cast from text. It has no length or precision,
///     because a cast with a length silently truncates a longer text
public record LiveColumn(String type, String castType) {}
