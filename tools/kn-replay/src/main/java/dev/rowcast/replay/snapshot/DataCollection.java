package dev.rowcast.replay.snapshot;

import dev.rowcast.change.debezium.DebeziumNames;
import dev.rowcast.replay.exit.UsageException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// A table as a signal of Debezium names it.
///
/// Debezium takes a name first as a regular expression, which must match the whole of `schema.table` of captured
/// tables. It then reads what matched, or the name itself if nothing did, as an identifier: a dot ends a part, a
/// blank is not allowed, quotation marks enclose a part that has either. So there are two spellings:
///
/// ```
///   Verkauf, tbl-1        Verkauf\.tbl\x2d1          matches Verkauf.tbl-1, which is read as the table
///   Verkauf, Kunden 2     "Verkauf"."Kunden 2"       matches nothing, and is itself read as the table
/// ```
///
/// @param name in the list of the signal
/// @param condition regular expression that assigns a condition to the name
record DataCollection(String name, String condition) {

    /// In a name, each of these opens a quotation for Debezium if it is the first character; two are read as one.
    private static final String QUOTES = "\"'`";

    /// {@return the spelling of a table}
    ///
    /// @throws UsageException if a signal cannot name the table
    static DataCollection of(TableId table) {
        if (table.isPlain()) {
            // Every schema.table has a dot, so this one matches nothing else.
            return same(table.schema() + "." + table.name());
        }
        if (isReadUnchanged(table.schema()) && isReadUnchanged(table.name())) {
            return same(DebeziumNames.expression(table.schema()) + "\\." + DebeziumNames.expression(table.name()));
        }
        String quoted = quoted(table.schema()) + "." + quoted(table.name());
        if (!matchesNothing(quoted)) {
            throw new UsageException("a signal of Debezium cannot name " + table + ": a name with a blank, a dot or"
                    + " two quotes may have no | or \\, no quantifier at its begin and no bracket without its pair");
        }
        return new DataCollection(quoted, DebeziumNames.expression(quoted));
    }

    private static DataCollection same(String expression) {
        return new DataCollection(expression, expression);
    }

    private static boolean isReadUnchanged(String name) {
        return QUOTES.indexOf(name.charAt(0)) < 0
                && name.chars().noneMatch(character -> character == '.' || Character.isWhitespace(character))
                && quotes().noneMatch(quote -> name.contains(quote + quote));
    }

    private static String quoted(String name) {
        String doubled = quotes().reduce(name, (text, quote) -> text.replace(quote, quote + quote));
        return "\"" + doubled + "\"";
    }

    private static Stream<String> quotes() {
        return QUOTES.chars().mapToObj(Character::toString);
    }

    /// Whether a text is a regular expression that matches only what begins with a quotation mark.
    private static boolean matchesNothing(String quoted) {
        boolean beginsWithTheMark = "?*{".indexOf(quoted.charAt(1)) < 0;
        return beginsWithTheMark && quoted.indexOf('|') < 0 && quoted.indexOf('\\') < 0 && isExpression(quoted);
    }

    private static boolean isExpression(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException unpaired) {
            return false;
        }
    }
}
