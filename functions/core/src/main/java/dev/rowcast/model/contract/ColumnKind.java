package dev.rowcast.model.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/// The values that a column of a live table can hold, by the name of its Postgres type. Accepts the
/// spellings of `information_schema` (`character varying`), of `format_type` (`character varying(20)`,
/// `numeric(10,2)`) and of `pg_type` (`varchar`). A user-defined type is `USER-DEFINED` and its name.
enum ColumnKind {
    KEY(
            "a text, a number, a boolean or a uuid",
            "text|citext|character varying|varchar|character|char|bpchar|user-defined.*|boolean|bool|uuid"
                    + "|smallint|integer|bigint|int[248]|numeric|decimal|real|double precision|float[48]"),
    TEXT("a text", "text|citext|character varying|varchar|character|char|bpchar|user-defined.*"),
    WHOLE_NUMBER("a whole number", "smallint|integer|bigint|int[248]"),
    NUMBER("a number", "smallint|integer|bigint|int[248]|numeric|decimal|real|double precision|float[48]"),
    BOOLEAN("a boolean", "boolean|bool"),
    TIME("a time with its zone", "timestamp with time zone|timestamptz"),
    JSON("a JSON document", "json|jsonb");

    private static final Pattern LENGTH = Pattern.compile(" *\\([^)]*\\)");

    private final String phrase;
    private final Pattern types;

    ColumnKind(String phrase, String types) {
        this.phrase = phrase;
        this.types = Pattern.compile(types);
    }

    /// The kind in words, for messages.
    String phrase() {
        return phrase;
    }

    /// Returns whether a column of this type holds this kind. Ignores length, precision and case of the
    /// type's name.
    boolean holds(String type) {
        String name = LENGTH.matcher(type.toLowerCase(Locale.ROOT)).replaceAll("");
        return types.matcher(name).matches();
    }
}
