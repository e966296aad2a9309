package dev.rowcast.table.name;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A name or text of a contract, quoted for the language of a file.
public final class Quoted {

    private static final Pattern PLAIN_YAML = Pattern.compile("[A-Za-z_][A-Za-z0-9_.,/-]*");

    /// Words that YAML reads as a boolean or null.
    private static final Pattern YAML_WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private Quoted() {}

    /// A scalar of YAML: plain if that has no other meaning, else in single quotes.
    public static String yaml(String text) {
        boolean isPlain =
                PLAIN_YAML.matcher(text).matches() && !YAML_WORD.matcher(text).matches();
        return isPlain ? text : "'" + text.replace("'", "''") + "'";
    }

    /// A string of JSON.
    public static String json(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    /// The value of a property in a property file.
    public static String property(String text) {
        String escaped = text.replace("\\", "\\\\");
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }

    /// The value of a property that is a list, separated by commas.
    public static String properties(List<String> texts) {
        return property(texts.stream()
                .map(text -> text.replace("\\", "\\\\").replace(",", "\\,"))
                .collect(Collectors.joining(",")));
    }

    /// A name in SQL.
    public static String sqlName(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A text as a literal of SQL.
    public static String sqlText(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
