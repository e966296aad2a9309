package dev.rowcast.local.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.model.contract.ContractException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Quotes names and texts of a contract for SQL.
final class Sql {

    /// Longest name that Postgres stores, in bytes.
    private static final int LONGEST_NAME = 63;

    private Sql() {}

    /// A quoted name of one or more parts: `"public"."Order ""B"""`.
    ///
    /// @throws ContractException when Postgres cannot store the name unchanged
    static String name(String... parts) {
        return Arrays.stream(parts).map(Sql::quoted).collect(Collectors.joining("."));
    }

    /// The name, or the other one if Postgres would cut the name off.
    static String fitting(String name, String shorter) {
        return isTooLong(name) ? shorter : name;
    }

    private static boolean isTooLong(String name) {
        return name.getBytes(UTF_8).length > LONGEST_NAME;
    }

    private static String quoted(String name) {
        if (isTooLong(name)) {
            throw new ContractException("contract: the name " + printable(name) + " has more than " + LONGEST_NAME
                    + " bytes, the longest name that Postgres stores");
        }
        return '"' + printable(name).replace("\"", "\"\"") + '"';
    }

    /// A text as a literal.
    ///
    /// @throws ContractException when the text has a control character
    static String text(String text) {
        String quoted = "'" + printable(text).replace("'", "''") + "'";
        return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
    }

    /// Returns the text.
    ///
    /// @throws ContractException when the text has a control character
    static String printable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ContractException("contract: \"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\" has a control character, which SQL does not allow");
        }
        return text;
    }
}
