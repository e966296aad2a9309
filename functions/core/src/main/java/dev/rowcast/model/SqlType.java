package dev.rowcast.model;

import java.util.Set;
import java.util.regex.Pattern;

/// A type that a column of a source table may have. Its name goes into SQL as it is, so there is no other way to one
/// than through the list of those that are known.
///
/// @param name such as `text`, `numeric(10,2)` or `double precision`
public record SqlType(String name) {

    private static final Pattern KNOWN = Pattern.compile("text|smallint|integer|bigint|real|double precision"
            + "|numeric(\\([1-9][0-9]{0,2}(,[0-9]{1,2})?\\))?|boolean|uuid");

    private static final Set<String> KEYS = Set.of("text", "smallint", "integer", "bigint", "uuid");

    /// What a key or a category stands in, unless the contract says otherwise.
    public static final SqlType TEXT = new SqlType("text");

    /// What a number stands in, unless the contract says otherwise.
    public static final SqlType DOUBLE = new SqlType("double precision");

    /// @throws IllegalArgumentException when it is not one of those that are known
    public SqlType {
        if (!isKnown(name)) {
            throw new IllegalArgumentException("no SQL type that is known: " + name);
        }
    }

    /// Whether a column of a key may have it: a value has one spelling, and two that are equal are the same.
    boolean isForKeys() {
        return KEYS.contains(name);
    }

    static boolean isKnown(String name) {
        return KNOWN.matcher(name).matches();
    }
}
