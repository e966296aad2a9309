package dev.rowcast.table.kibana;

/// A division of documents into groups.
///
/// @param kind how they are divided
/// @param field the field that divides them
/// @param label what a reader sees
/// @param type of the field's values: `string`, `number`, `boolean` or `date`
/// @param top number of the largest groups that are shown; only of [Kind#VALUES]
/// @param every length of a group of time, such as `1h`; only of [Kind#TIME]
public record BoardGroup(Kind kind, String field, String label, String type, int top, String every) {

    /// How documents are divided.
    public enum Kind {
        /// A group for each value.
        VALUES,
        /// A group for each range of numbers.
        RANGES,
        /// A group for each length of time.
        TIME
    }

    private static final int USUAL_TOP = 10;

    /// What is missing has its usual value.
    public BoardGroup {
        type = type == null ? usualType(kind) : type;
        top = top == 0 ? USUAL_TOP : top;
        every = every == null ? "1h" : every;
    }

    /// A group for each of the most frequent values.
    public static BoardGroup values(String field, String label, String type, int top) {
        return new BoardGroup(Kind.VALUES, field, label, type, top, null);
    }

    /// A group for each range of numbers.
    public static BoardGroup ranges(String field, String label) {
        return new BoardGroup(Kind.RANGES, field, label, null, 0, null);
    }

    /// A group for each length of time.
    public static BoardGroup time(String field, String label, String every) {
        return new BoardGroup(Kind.TIME, field, label, null, 0, every);
    }

    private static String usualType(Kind kind) {
        return switch (kind) {
            case VALUES -> "string";
            case RANGES -> "number";
            case TIME -> "date";
        };
    }
}
