package dev.rowcast.retention.postgres;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements for a case table. Each has one parameter: the rows as a JSON document, a list of objects
/// with the names of columns.
///
/// @param schema the table's schema
/// @param table its name
/// @param key its key columns, those of the captured table
/// @param score its columns with the prediction that decided
public record CaseSql(String schema, String table, List<String> key, List<String> score) {

    private static final List<String> STATUS = List.of("status", "case_number");
    private static final List<String> TIMES = List.of("opened_at", "closed_at", "closed_because");
    private static final List<String> GUARD = List.of("captured_epoch", "captured_commit", "captured_lsn");

    /// Only in the payload of events.
    private static final String POSITION = "position";

    /// Copies the lists.
    public CaseSql {
        key = List.copyOf(key);
        score = List.copyOf(score);
    }

    /// Returns whether each case has a column, or a field in its event, with this name.
    public boolean hasOwn(String column) {
        return Stream.of(STATUS, score, TIMES, GUARD, List.of(POSITION)).anyMatch(names -> names.contains(column));
    }

    /// The columns that an opened or closed case changes, besides its guard.
    public List<String> stateColumns() {
        return Stream.of(STATUS, score, TIMES).flatMap(List::stream).toList();
    }

    /// Creates the rows that are missing, with the defaults of the table.
    public String insertMissing() {
        return """
                INSERT INTO %1$s (%2$s)
                SELECT %3$s FROM jsonb_array_elements(CAST(? AS jsonb)) AS wanted (row)
                CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$s, wanted.row) AS given
                ORDER BY %3$s
                ON CONFLICT DO NOTHING""".formatted(name(), keys(""), keys("given."));
    }

    /// Locks rows in the order of their keys. Columns: place in the list, row as a text, status, number,
    /// opening, epoch, commit, LSN.
    public String lock() {
        return """
                SELECT wanted.place, ROW(%2$s)::text, found.status, found.case_number, found.opened_at,
                       found.captured_epoch, found.captured_commit, found.captured_lsn
                FROM jsonb_array_elements(CAST(? AS jsonb)) WITH ORDINALITY AS wanted (row, place)
                CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$s, wanted.row) AS given
                JOIN %1$s AS found ON %3$s
                ORDER BY %2$s FOR UPDATE OF found""".formatted(name(), keys("found."), sameKey());
    }

    /// Updates rows. A column that a row of the document does not have keeps its value.
    public String update() {
        String columns = Stream.of(stateColumns(), GUARD)
                .flatMap(List::stream)
                .map(CaseSql::quoted)
                .collect(Collectors.joining(", "));
        return """
                UPDATE %1$s AS found SET (%2$s) =
                    (SELECT %2$s FROM jsonb_populate_record(found.*, wanted.row))
                FROM jsonb_array_elements(CAST(? AS jsonb)) AS wanted (row)
                CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$s, wanted.row) AS given
                WHERE %3$s""".formatted(name(), columns, sameKey());
    }

    private String name() {
        return quoted(schema) + "." + quoted(table);
    }

    private String keys(String prefix) {
        return joined(column -> prefix + column, ", ");
    }

    private String sameKey() {
        return joined(column -> "found." + column + " = given." + column, " AND ");
    }

    private String joined(UnaryOperator<String> each, String separator) {
        return key.stream().map(CaseSql::quoted).map(each).collect(Collectors.joining(separator));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
