package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.exit.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table of Postgres, by the names that its catalog has.
///
/// @param schema its schema
/// @param name without the schema
record TableId(String schema, String name) {

    private static final String DEFAULT_SCHEMA = "public";
    private static final String PART = "(\"(?:[^\"]|\"\")*\"|[^\".]+)";
    private static final Pattern SQL = Pattern.compile("(?:" + PART + "\\.)?" + PART, Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// Reads the name of a table as a user writes it: `table`, `schema.table`, or either with the quotation marks
    /// of SQL, such as `"my schema"."Kunden 2"`. Without them the name is the catalog's, too: no letter changes
    /// its case, and a blank is a blank. A text with several dots needs quotation marks, unless only one of its
    /// readings is a known table.
    ///
    /// @param known the tables that are captured, as far as known
    /// @throws UsageException if the text names no table, or several
    static TableId of(String text, Collection<TableId> known) {
        return text.startsWith("\"") || text.contains(".\"") ? quoted(text) : literal(text, known);
    }

    private static TableId quoted(String text) {
        Matcher parts = SQL.matcher(text);
        if (!parts.matches()) {
            throw noTable(text);
        }
        String schema = parts.group(1) == null ? DEFAULT_SCHEMA : unquoted(parts.group(1));
        String name = unquoted(parts.group(2));
        if (schema.isEmpty() || name.isEmpty()) {
            throw noTable(text);
        }
        return new TableId(schema, name);
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    private static TableId literal(String text, Collection<TableId> known) {
        List<TableId> qualified = new ArrayList<>();
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            if (dot > 0 && dot < text.length() - 1) {
                qualified.add(new TableId(text.substring(0, dot), text.substring(dot + 1)));
            }
        }
        TableId unqualified = new TableId(DEFAULT_SCHEMA, text);
        List<TableId> found = Stream.concat(qualified.stream(), Stream.of(unqualified))
                .filter(known::contains)
                .toList();
        if (found.size() > 1) {
            throw new UsageException(
                    text + " may be " + found.stream().map(TableId::toString).collect(Collectors.joining(" or "))
                            + ": give one of these");
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (!text.isEmpty() && !text.contains(".")) {
            return unqualified;
        }
        if (qualified.size() == 1) {
            return qualified.getFirst();
        }
        throw noTable(text);
    }

    private static UsageException noTable(String text) {
        return new UsageException(text + " is no table: give its name, or schema.table; a name with a dot or a"
                + " quotation mark as in SQL, such as '\"my schema\".\"my.table\"'");
    }

    /// {@return whether both names are ASCII letters, digits and underscores}
    boolean isPlain() {
        return PLAIN.matcher(schema).matches() && PLAIN.matcher(name).matches();
    }

    /// {@return the name as [#of] reads it, with quotation marks only if a name needs them}
    @Override
    public String toString() {
        return isPlain() ? schema + "." + name : sqlName(schema) + "." + sqlName(name);
    }

    private static String sqlName(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
