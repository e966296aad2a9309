package dev.rowcast.predictor.tables;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Quotes identifiers in SQL.
public final class Identifier {

    private Identifier() {}

    /// The name, or the parts of a qualified name, as a quoted identifier: `"public"."Order ""B"""`.
    public static String quoted(String... parts) {
        return Arrays.stream(parts)
                .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }
}
