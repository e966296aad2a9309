package dev.rowcast.model.sql;

import java.util.Locale;
import java.util.regex.Pattern;

/// The values that a column of a live table can hold, by the name of its Postgres type. Accepts the
/// spellings of `information_schema` (`character varying`), of `format_type` (`character varying(20)`,
/// `numeric(10,2)`) and of `pg_type` (`varchar`). A user-defined type is `USER-DEFINED` and its name.
public enum ColumnKind {
    /// A column of a key.
    KEY(
            "a text, a number, a boolean, a uuid or a date",
            "text|citext|character varying|varchar|character|char|bpchar|user-defined.*|boolean|bool|uuid|date"
                    + "|smallint|integer|bigint|int[248]|numeric|decimal|real|double precision|float[48]"),
    /// A text, or a user-defined type such as an enum.
    TEXT("a text", "text|citext|character varying|varchar|character|char|bpchar|user-defined.*"),
    /// A whole number.
    WHOLE_NUMBER("a whole number", "smallint|integer|bigint|int[248]"),
    /// A number.
    NUMBER("a number", "smallint|integer|bigint|int[248]|numeric|decimal|real|double precision|float[48]"),
    /// A boolean.
    BOOLEAN("a boolean", "boolean|bool"),
    /// A time with its zone.
    TIME("a time with its zone", "timestamp with time zone|timestamptz"),
    /// A uuid.
    UUID("a uuid", "uuid"),
    /// A date.
    DATE("a date", "date"),
    /// A time without zone.
    LOCAL_TIME("a time without zone", "timestamp|timestamp without time zone"),
    /// A JSON document.
    JSON("a JSON document", "json|jsonb");

    private static final Pattern LENGTH = Pattern.compile(" *\\([^)]*\\)");

    private final String phrase;
    private final Pattern types;

    ColumnKind(String phrase, String types) {
        this.phrase = phrase;
        this.types = Pattern.compile(types);
    }

    /// The kind in words, for messages.
    public String phrase() {
        return phrase;
    }

    /// Returns whether a column of this type holds this kind. Ignores length, precision and case of the
    /// type's name.
    public boolean holds(String type) {
        String name = LENGTH.matcher(type.toLowerCase(Locale.ROOT)).replaceAll("");
        return types.matcher(name).matches();
    }
}
