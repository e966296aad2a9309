package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/// Which columns an index maps, and so where each column of a document is stored: a mapped one at the top, every other
/// under `extra`, where no name and no value can refuse the document.
///
///     { "customerid": "2718-YSKCS", "tenure": 1, …, "deleted": false,
///       "extra": { "loyalty": "gold", "a..b": 7 },
///       "rowcast": { "epoch": 0, "commit": 26715400, "lsn": 26715648, … } }
///
/// @param columns names of the mapped columns. What the indexer itself adds (`rowcast`, `extra`, `deleted`) is none.
public record Layout(Set<String> columns) {

    /// The object that says which change a document shows.
    public static final String ROWCAST = "rowcast";

    /// The object that holds the columns that the index does not map.
    public static final String EXTRA = "extra";

    /// Whether the row was deleted.
    public static final String DELETED = "deleted";

    private static final Set<String> OWN = Set.of(ROWCAST, EXTRA, DELETED);

    /// Copies the set.
    public Layout {
        columns = Set.copyOf(columns);
    }

    /// The `_source` of a document.
    ObjectNode source(Draft draft) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> column : draft.columns().properties()) {
            String name = column.getKey();
            if (columns.contains(name) && !OWN.contains(name)) {
                source.set(name, column.getValue());
            } else if (!isTheRowsOwnMark(draft, name, column.getValue())) {
                extra.set(JsonLimits.name(name), JsonLimits.FLATTENED.fit(name, column.getValue()));
            }
        }
        draft.row().ifPresent(row -> source.put(DELETED, row.deleted()));
        if (!extra.isEmpty()) {
            source.set(EXTRA, extra);
        }
        source.set(ROWCAST, draft.facts());
        return source;
    }

    /// A truth value in a column `deleted` is what the draft's row says already.
    private static boolean isTheRowsOwnMark(Draft draft, String name, JsonNode value) {
        return draft.row().isPresent() && name.equals(DELETED) && (value.isBoolean() || value.isNull());
    }
}
