package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/// The columns that an index maps. A document stores mapped columns at the top level and all others in the
/// object `extra`, where no name and no value can cause a rejection.
///
///     { "customerid": "2718-YSKCS", "tenure": 1, …, "deleted": false,
///       "extra": { "loyalty": "gold", "a..b": 7 },
///       "rowcast": { "epoch": 0, "commit": 26715400, "lsn": 26715648, … } }
///
/// @param columns the mapped columns, without the indexer's own `rowcast`, `extra` and `deleted`
public record Layout(Set<String> columns) {

    /// The object that identifies the change of a document.
    public static final String ROWCAST = "rowcast";

    /// The object with the columns that the index does not map.
    public static final String EXTRA = "extra";

    /// The field that is true if the row is deleted.
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
            } else if (!isStoredAsDeleted(draft, name, column.getValue())) {
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

    /// Returns true for a boolean column `deleted`, whose value the row's state has already.
    private static boolean isStoredAsDeleted(Draft draft, String name, JsonNode value) {
        return draft.row().isPresent() && name.equals(DELETED) && (value.isBoolean() || value.isNull());
    }
}
