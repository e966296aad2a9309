package dev.rowcast.indexer.bulk;

import dev.rowcast.indexer.document.Layout;
import java.util.Map;

/// The result of preparing the indices.
public sealed interface Preparation {

    /// The indices accept documents.
    ///
    /// @param layouts the mapped columns of each index, by its name
    record Done(Map<String, Layout> layouts) implements Preparation {

        /// Copies the map.
        public Done {
            layouts = Map.copyOf(layouts);
        }
    }

    /// An index accepts no documents.
    ///
    /// @param verdict `Away` or `Misconfigured`
    record Blocked(DocumentVerdict verdict) implements Preparation {}
}
