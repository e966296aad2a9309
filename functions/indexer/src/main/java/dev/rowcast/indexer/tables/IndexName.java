package dev.rowcast.indexer.tables;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The rule of Elasticsearch for the name of an index.
public final class IndexName {

    /// The rule, as the end of a message.
    public static final String RULE =
            "must be a name that Elasticsearch allows: lower case, at most 255 bytes, none of \\ / * ? \" < > | , # : or space";

    private static final int MAX_BYTES = 255;
    private static final Pattern ALLOWED = Pattern.compile("(?![-_+.])[^\\p{Lu}\\s\\\\/*?\"<>|,#:]+");

    private IndexName() {}

    /// Returns whether an index can have this name.
    public static boolean isValid(String name) {
        return ALLOWED.matcher(name).matches() && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
