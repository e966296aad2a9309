package dev.rowcast.table.content;

import dev.rowcast.table.name.Quoted;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A column as a field of an index.
///
/// @param column name of the column
/// @param mapping the field's mapping, as JSON
record IndexField(String column, String mapping) {

    static final String KEYWORD = "{ \"type\": \"keyword\" }";
    static final String DOUBLE = "{ \"type\": \"double\" }";
    static final String SHORT = "{ \"type\": \"short\" }";
    static final String LONG = "{ \"type\": \"long\" }";
    static final String DATE = "{ \"type\": \"date\" }";
    static final String BOOLEAN = "{ \"type\": \"boolean\" }";
    static final String STORED_ONLY = "{ \"type\": \"object\", \"enabled\": false }";

    private static final String INTEGER = "{ \"type\": \"integer\" }";
    private static final String TEXT = "{ \"type\": \"keyword\", \"ignore_above\": 1024 }";
    // Not every time of Postgres is one of Elasticsearch; the row is stored all the same.
    private static final String ANY_DATE = "{ \"type\": \"date\", \"ignore_malformed\": true }";

    /// Fields that the indexer adds to each document.
    private static final Set<String> OF_THE_INDEXER = Set.of("rowcast", "extra", "deleted");
    /// A point in a name would make an object of it; names that begin with a low line belong to Elasticsearch.
    private static final Pattern ALLOWED = Pattern.compile("(?!_)[^.\\p{Cntrl}]*[^.\\s\\p{Cntrl}][^.\\p{Cntrl}]*");

    /// A column of the source table.
    static IndexField of(SourceColumn column) {
        String mapping = ofType(column.sql());
        boolean isTextKey = column.isKey() && mapping.equals(TEXT);
        return new IndexField(column.name(), isTextKey ? KEYWORD : mapping);
    }

    /// An object with a number for each name; stored only if Elasticsearch does not allow a field of one of the names.
    static String numbers(List<String> names) {
        if (!names.stream().allMatch(name -> ALLOWED.matcher(name).matches())) {
            return STORED_ONLY;
        }
        return names.stream()
                .map(name -> Quoted.json(name) + ": " + DOUBLE)
                .collect(Collectors.joining(", ", "{ \"properties\": { ", " } }"));
    }

    private static String ofType(String sql) {
        return switch (sql.replaceAll("\\(.*", "")) {
            case "boolean" -> BOOLEAN;
            case "smallint" -> SHORT;
            case "integer" -> INTEGER;
            case "bigint" -> LONG;
            case "real", "double precision", "numeric" -> DOUBLE;
            case "date", "timestamp", "timestamptz" -> ANY_DATE;
            // text, varchar, char, uuid, and whatever a later contract admits
            default -> TEXT;
        };
    }

    /// Whether an index can have the field. The indexer stores any other column below `extra`.
    boolean isMapped() {
        return ALLOWED.matcher(column).matches() && !OF_THE_INDEXER.contains(column);
    }

    /// The field's name, as JSON.
    String name() {
        return Quoted.json(column);
    }
}
