package dev.rowcast.predictor.score;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.output.Predicted;
import java.util.Set;

/// A change and its score.
public sealed interface Scored {

    /// The change.
    Change change();

    /// A row that was inserted, updated or read.
    ///
    /// @param change the change
    /// @param features the model's input
    /// @param prediction the model's output
    record Upserted(Upsert change, FeatureRow features, Predicted prediction) implements Scored {}

    /// A deleted row.
    ///
    /// @param change the change
    /// @param unfit columns of the row before whose values the captured table cannot store
    record Deleted(Delete change, Set<String> unfit) implements Scored {

        /// A deleted row whose values all fit into the captured table.
        public Deleted(Delete change) {
            this(change, Set.of());
        }

        /// Copies the set.
        public Deleted {
            unfit = Set.copyOf(unfit);
        }
    }
}
