package dev.rowcast.indexer.bulk;

import dev.rowcast.indexer.document.Layout;
import java.util.Map;

/// Whether the indices can take documents.
public sealed interface Preparation {

    /// They can.
    ///
    /// @param layouts what each index maps, by its name
    record Done(Map<String, Layout> layouts) implements Preparation {

        /// Copies the map.
        public Done {
            layouts = Map.copyOf(layouts);
        }
    }

    /// They cannot.
    ///
    /// @param verdict `Away` or `Misconfigured`
    record Blocked(DocumentVerdict verdict) implements Preparation {}
}
