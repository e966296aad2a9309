package dev.rowcast.predictor.score;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Upsert;
import dev.rowcast.model.FeatureRow;

/// A change with the input of the model.
public sealed interface Scorable {

    /// The change.
    Change change();

    /// A row that was inserted, updated or read. It is scored.
    ///
    /// @param change the change
    /// @param features the model's input
    record Upserted(Upsert change, FeatureRow features) implements Scorable {}

    /// A deleted row. It is not scored.
    ///
    /// @param change the change
    record Deleted(Delete change) implements Scorable {}
}
