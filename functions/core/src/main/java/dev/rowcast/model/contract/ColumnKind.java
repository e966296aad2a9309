package dev.rowcast.model.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a column of a live table can hold, by the name of its type in Postgres. Every spelling is known: that of
/// `information_schema` (`character varying`), that of `format_type` (`character varying(20)`, `numeric(10,2)`) and
/// that of `pg_type` (`varchar`). A type that a user made is `USER-DEFINED` and its name.
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

    /// Whether a column of this type holds this kind. Length, precision and upper case of the type's name do not count.
    boolean holds(String type) {
        String name = LENGTH.matcher(type.toLowerCase(Locale.ROOT)).replaceAll("");
        return types.matcher(name).matches();
    }
}
