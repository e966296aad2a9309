package dev.rowcast.predictor.score;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.FeatureRow;
import java.util.Set;

/// A change and what the model says about it.
public sealed interface Scored {

    /// The change itself.
    Change change();

    /// A row that is there.
    ///
    /// @param change how it came to be as it is
    /// @param features what the model took of it
    /// @param probability what the model gave, 0 to 1
    /// @param label the label that belongs to the probability
    record Predicted(Upsert change, FeatureRow features, double probability, String label) implements Scored {}

    /// A row that is gone.
    ///
    /// @param change how it went
    /// @param unfit columns of the row before, of which the captured table cannot take the values
    record Deleted(Delete change, Set<String> unfit) implements Scored {

        /// A row that the captured table is expected to take as it was.
        public Deleted(Delete change) {
            this(change, Set.of());
        }

        /// Keeps `unfit` from being changed.
        public Deleted {
            unfit = Set.copyOf(unfit);
        }
    }
}
