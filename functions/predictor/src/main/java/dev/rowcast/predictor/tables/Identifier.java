package dev.rowcast.predictor.tables;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Names in SQL.
public final class Identifier {

    private Identifier() {}

    /// A name, or the parts of one, such that Postgres takes it as it is: `"public"."Order ""B"""`.
    public static String quoted(String... parts) {
        return Arrays.stream(parts)
                .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }
}
