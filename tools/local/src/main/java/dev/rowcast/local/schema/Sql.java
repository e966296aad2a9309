package dev.rowcast.local.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.model.contract.ContractException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/// Names and texts of a contract, as SQL takes them.
final class Sql {

    /// What Postgres keeps of a name, in bytes.
    private static final int LONGEST_NAME = 63;

    private Sql() {}

    /// A name, or the parts of one, in quotes: `"public"."Order ""B"""`.
    ///
    /// @throws ContractException when Postgres would not keep it as it is
    static String name(String... parts) {
        return Arrays.stream(parts).map(Sql::quoted).collect(Collectors.joining("."));
    }

    /// Names with commas between them.
    static String names(Collection<String> names) {
        return names.stream().map(Sql::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        if (name.getBytes(UTF_8).length > LONGEST_NAME) {
            throw new ContractException("contract: the name " + printable(name) + " has more than " + LONGEST_NAME
                    + " bytes, which is what Postgres keeps of it");
        }
        return '"' + printable(name).replace("\"", "\"\"") + '"';
    }

    /// A text as a literal.
    ///
    /// @throws ContractException when it holds a control character
    static String text(String text) {
        String quoted = "'" + printable(text).replace("'", "''") + "'";
        return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
    }

    /// The text itself, which can stand in one line.
    ///
    /// @throws ContractException when it cannot
    static String printable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ContractException("contract: \"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\" holds a control character, which has no place in SQL");
        }
        return text;
    }
}
