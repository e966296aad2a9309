package dev.rowcast.indexer.bulk;

import dev.rowcast.indexer.document.Layout;
import java.util.Map;

/// The result of preparing the indices.
public sealed interface Preparation {

    /// An index that accepts documents.
    ///
    /// @param uuid identifies the index; a recreated index of the same name has another uuid
    /// @param layout the columns that it maps
    record Index(String uuid, Layout layout) {}

    /// All indices accept documents.
    ///
    /// @param byName each index by its configured name, which can be an alias
    record Ready(Map<String, Index> byName) implements Preparation {

        /// Copies the map.
        public Ready {
            byName = Map.copyOf(byName);
        }
    }

    /// An index accepts no documents.
    ///
    /// @param verdict `Temporary` or `Misconfigured`
    record Blocked(DocumentVerdict verdict) implements Preparation {}
}
