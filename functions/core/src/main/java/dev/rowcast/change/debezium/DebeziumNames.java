package dev.rowcast.change.debezium;

import java.util.regex.Pattern;

/// How Debezium writes and reads the names of tables.
public final class DebeziumNames {

    private static final String IN_A_TOPIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    private static final Pattern LITERAL = Pattern.compile("[\\w\\p{L}\\p{N}]");

    private DebeziumNames() {}

    /// The topic of a table's changes: each unit of UTF-16 that Kafka does not allow becomes `_`, so a
    /// character outside the basic plane becomes two.
    ///
    /// @param prefix the connector's `topic.prefix`
    public static String topic(String prefix, String schema, String table) {
        StringBuilder topic = new StringBuilder();
        (prefix + "." + schema + "." + table)
                .chars()
                .map(unit -> IN_A_TOPIC.indexOf(unit) < 0 ? '_' : unit)
                .forEach(unit -> topic.append((char) unit));
        return topic.toString();
    }

    /// A regular expression for a setting or a signal that matches only the text. It has no character that
    /// Debezium's lists or YAML read in another way: all but letters, digits and `_` are written by their
    /// number.
    public static String expression(String text) {
        StringBuilder expression = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (LITERAL.matcher(Character.toString(character)).matches()) {
                expression.appendCodePoint(character);
            } else {
                expression.append((character < 0x80 ? "\\x%02x" : "\\x{%x}").formatted(character));
            }
        });
        return expression.toString();
    }
}
