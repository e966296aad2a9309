package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Limits of Elasticsearch for the shape of a JSON value. A value that exceeds them is stored as text: it
/// is complete and cannot cause the rejection of the document.
///
/// @param depth maximum nesting of objects and lists
/// @param pathBytes maximum total length of the names from the column to a value, in bytes of UTF-8
record JsonLimits(int depth, int pathBytes) {

    /// Limits for a value that is stored but not indexed. Elasticsearch parses 1,000 levels of a document.
    static final JsonLimits STORED = new JsonLimits(500, 30_000);

    /// Limits for a value in a field of type `flattened`, which rejects objects below its `depth_limit` of
    /// 20, and a path and value of more than 32,766 bytes in total.
    static final JsonLimits FLATTENED = new JsonLimits(15, 16_000);

    /// Maximum length of a number, in characters. Elasticsearch parses 1,000.
    private static final int MAX_NUMBER = 500;

    /// Maximum length of a column's name, in characters. Postgres allows 63 bytes.
    private static final int MAX_NAME = 1_000;

    /// Changes a name that Elasticsearch rejects. Names that Postgres allows stay unchanged.
    static String name(String name) {
        String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
        return cut.replace('\0', '\uFFFD');
    }

    /// Returns `value`, or its JSON as text if it exceeds a limit.
    ///
    /// @param name the column
    JsonNode fit(String name, JsonNode value) {
        return fits(name, value) ? value : TextNode.valueOf(value.toString());
    }

    /// Returns true if `value` of the column `name` is within the limits.
    boolean fits(String name, JsonNode value) {
        return fits(value, depth, pathBytes - bytes(name));
    }

    private boolean fits(JsonNode value, int levels, int path) {
        if (value.isNumber()) {
            return value.isInt() || value.isLong() || value.asText().length() <= MAX_NUMBER;
        }
        if (!value.isContainerNode()) {
            return true;
        }
        if (levels == 0) {
            return false;
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (!fits(element, levels - 1, path)) {
                    return false;
                }
            }
            return true;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            int below = path - 1 - bytes(field.getKey());
            if (below < 0 || field.getKey().indexOf('\0') >= 0 || !fits(field.getValue(), levels - 1, below)) {
                return false;
            }
        }
        return true;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
