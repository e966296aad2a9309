package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Row;
import java.util.List;
import java.util.Optional;

/// Decides whether a value is a [ToastPlaceholder]. Where a placeholder is impossible, the same characters
/// are a value that a user wrote.
///
/// | row | `CONFIGURED` | `DEFAULT` |
/// |---|---|---|
/// | `before`, and `after` of a read | no: old rows and reads are complete | no |
/// | `after` of an insert | yes: an update that changed the key arrives as a delete and an insert | no |
/// | `after` of an update, `before` has the column | no: Debezium copies an unchanged value from it | no |
/// | `after` of an update, `before` has other columns than the key | yes | no: replica identity is FULL |
/// | `after` of an update, `before` has only the key | yes | yes |
///
/// `DEFAULT` in an insert is a user's value: users write such inserts, and the connectors of this project
/// do not.
interface PlaceholderRule {

    /// Rows without placeholders.
    PlaceholderRule NONE = (column, value) -> false;

    /// Returns whether `value` is a placeholder.
    ///
    /// @param column the column of the row; `value` is its value, or an element of it
    boolean matches(String column, JsonNode value);

    /// The rule for the row after a change.
    ///
    /// @param before the row before the change
    /// @param key the columns of the primary key
    static PlaceholderRule after(Operation operation, Optional<Row> before, List<String> key) {
        return switch (operation) {
            case READ, DELETE -> NONE;
            case CREATE -> (column, value) -> ToastPlaceholder.CONFIGURED.isIn(value);
            case UPDATE -> {
                boolean isFull = before.filter(row -> row.hasMoreThan(key)).isPresent();
                yield (column, value) -> before.flatMap(row -> row.column(column))
                                .filter(old -> !old.isNull())
                                .isEmpty()
                        && (ToastPlaceholder.CONFIGURED.isIn(value)
                                || (!isFull && ToastPlaceholder.DEFAULT.isIn(value)));
            }
        };
    }
}
