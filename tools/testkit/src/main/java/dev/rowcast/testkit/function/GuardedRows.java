package dev.rowcast.testkit.function;

import dev.rowcast.change.Position;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Reads a table that a function guards by the positions of its changes.
public abstract class GuardedRows {

    /// Runs SQL on the Postgres of the table.
    protected final Database database;

    private final String positions;

    /// @param positions selects key, epoch, commit and LSN of each row
    protected GuardedRows(Postgres postgres, String positions) {
        this.database = new Database(postgres);
        this.positions = positions;
    }

    /// {@return the stored position of each key}
    public final Map<String, Position> positions() throws SQLException {
        Map<String, Position> found = new TreeMap<>();
        database.query(
                "app",
                positions,
                row -> found.put(row.getString(1), new Position(row.getInt(2), row.getLong(3), row.getLong(4))));
        return found;
    }

    /// Runs statements as the superuser.
    public final void execute(String sql) throws SQLException {
        database.execute(sql);
    }
}
