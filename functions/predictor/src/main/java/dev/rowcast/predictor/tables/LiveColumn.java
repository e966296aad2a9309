package dev.rowcast.predictor.tables;

/// The type of a column of a live table.
///
/// @param type its name as people say it, such as `character varying`
/// @param castType its name as a quoted identifier that a text can be cast to. It has no length or
///     precision: a cast to those would cut a text that is too long, without a word
public record LiveColumn(String type, String castType) {}
