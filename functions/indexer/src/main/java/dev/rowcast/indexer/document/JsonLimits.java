package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What Elasticsearch takes of a value's shape. A value beyond it is stored as its own JSON in a text: whole, and never
/// a reason to refuse a document.
///
/// @param depth how many objects and lists may be nested
/// @param pathBytes how long the names from the column down to a value may be together, in bytes of UTF-8
record JsonLimits(int depth, int pathBytes) {

    /// Of a value that is kept and not searched. Elasticsearch reads 1,000 levels of a whole document.
    static final JsonLimits STORED = new JsonLimits(500, 30_000);

    /// Of a value in a field of type `flattened`, which refuses objects below its `depth_limit` of 20, and a path and a
    /// value that are longer than 32,766 bytes together.
    static final JsonLimits FLATTENED = new JsonLimits(15, 16_000);

    /// The longest number, in characters. Elasticsearch reads 1,000.
    private static final int NUMBER = 500;

    /// The longest name of a column, in characters. One of Postgres has 63 bytes.
    private static final int NAME = 1_000;

    /// `name` as Elasticsearch takes it. A name of Postgres stays as it is.
    static String name(String name) {
        String cut = name.length() <= NAME ? name : name.substring(0, NAME);
        return cut.replace('\0', '\uFFFD');
    }

    /// `value`, or its JSON as a text.
    ///
    /// @param name the column
    JsonNode fit(String name, JsonNode value) {
        return fits(name, value) ? value : TextNode.valueOf(value.toString());
    }

    /// Whether Elasticsearch takes `value` as it is in the column `name`.
    boolean fits(String name, JsonNode value) {
        return fits(value, depth, pathBytes - bytes(name));
    }

    private boolean fits(JsonNode value, int levels, int path) {
        if (value.isNumber()) {
            return value.isInt() || value.isLong() || value.asText().length() <= NUMBER;
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
