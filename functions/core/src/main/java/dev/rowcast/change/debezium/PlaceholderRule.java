package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Row;
import java.util.List;
import java.util.Optional;

/// Decides whether a column can hold a [ToastPlaceholder] in place of its value. Elsewhere the same characters are what
/// a user wrote.
///
/// | row | `OF_THE_CONNECTOR` | `BY_DEFAULT` |
/// |---|---|---|
/// | `before`, and `after` of a read | no: Postgres logs old rows whole, and a read selects | no |
/// | `after` of an insert | yes: an update that changed the key arrives as a delete and an insert | no |
/// | `after` of an update, `before` has the column | no: Debezium takes an unchanged value from there | no |
/// | `after` of an update, `before` has other columns beside the key | yes | no: the replica identity is FULL |
/// | `after` of an update, `before` has no more than the key | yes | yes |
///
/// An insert with `BY_DEFAULT` is taken as written, because users write such inserts and the connectors of this project
/// never do.
interface PlaceholderRule {

    /// Rows in which every value is there.
    PlaceholderRule NONE = (column, value) -> false;

    /// Whether `value` is a mark.
    ///
    /// @param column the column of the row that holds the value, itself or inside a list or an object
    boolean areMarkedBy(String column, JsonNode value);

    /// How it is in the row after a change.
    ///
    /// @param before the row before it
    /// @param key the columns of the primary key
    static PlaceholderRule after(Operation operation, Optional<Row> before, List<String> key) {
        return switch (operation) {
            case READ, DELETE -> NONE;
            case CREATE -> (column, value) -> ToastPlaceholder.OF_THE_CONNECTOR.isIn(value);
            case UPDATE -> {
                boolean isFull = before.filter(row -> row.tellsMoreThan(key)).isPresent();
                yield (column, value) -> before.flatMap(row -> row.column(column))
                                .filter(old -> !old.isNull())
                                .isEmpty()
                        && (ToastPlaceholder.OF_THE_CONNECTOR.isIn(value)
                                || (!isFull && ToastPlaceholder.BY_DEFAULT.isIn(value)));
            }
        };
    }
}
