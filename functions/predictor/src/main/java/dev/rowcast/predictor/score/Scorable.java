package dev.rowcast.predictor.score;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.FeatureRow;

/// A change with all that the model needs of it.
public sealed interface Scorable {

    /// The change itself.
    Change change();

    /// A row that is there, and is scored.
    ///
    /// @param change how it came to be as it is
    /// @param features what the model takes of it
    record Upserted(Upsert change, FeatureRow features) implements Scorable {}

    /// A row that is gone. It has no score.
    ///
    /// @param change how it went
    record Deleted(Delete change) implements Scorable {}
}
