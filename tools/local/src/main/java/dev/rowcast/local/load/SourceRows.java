package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/// Changes of the source table that a person makes, one at a time.
///
/// @param contract names the table and its features
/// @param uri      JDBC URL of the database, with password, for the user who owns the table
public record SourceRows(ModelContract contract, String uri) {

    /// A new row that resembles those of training; it is not written.
    public RowChange.Insert sample() throws SQLException {
        try (Connection connection = SourceTable.connect(uri)) {
            RowFactory rows = new RowFactory(contract, SourceTable.shape(connection, contract.source()));
            SplittableRandom random = new SplittableRandom();
            return new RowChange.Insert(rows.key(random), rows.row(random));
        }
    }

    /// Writes one change. An insert of an existing key changes that row.
    ///
    /// @return whether a row was changed
    /// @throws SQLException when Postgres refuses it
    public boolean write(RowChange change) throws SQLException {
        List<String> features =
                contract.features().stream().map(Feature::column).distinct().toList();
        Connection connection = SourceTable.connect(uri);
        try (SourceTable table =
                SourceTable.of(connection, SourceTable.shape(connection, contract.source()), features)) {
            return table.write(List.of(change)) > 0;
        }
    }
}
