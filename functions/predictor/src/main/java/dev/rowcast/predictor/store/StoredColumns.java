package dev.rowcast.predictor.store;

import dev.rowcast.model.contract.ModelContract;
import java.util.Set;
import java.util.stream.Collectors;

/// The columns of the source table that the captured table has.
public final class StoredColumns {

    private StoredColumns() {}

    /// Key, features and label. A change without a value of one of them cannot be stored.
    public static Set<String> of(ModelContract contract) {
        return SentColumn.ofTheRow(contract).stream().map(SentColumn::name).collect(Collectors.toUnmodifiableSet());
    }
}
