package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLWarning;

/// The real Postgres with the real schema, for tests of what the schema refuses and says.
record Database(Postgres postgres) implements AutoCloseable {

    static Database start(Path folder) {
        Postgres postgres = Postgres.start(folder);
        postgres.applySchema();
        return new Database(postgres);
    }

    /// {@return what Postgres said beside it: notices and warnings}
    List<String> execute(String role, String sql) throws SQLException {
        try (Connection connection = postgres.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            List<String> said = new ArrayList<>();
            for (SQLWarning word = statement.getWarnings(); word != null; word = word.getNextWarning()) {
                said.add(((PSQLWarning) word).getServerErrorMessage().toString());
            }
            return said;
        }
    }

    /// {@return the first column of each row, as a superuser sees it}
    List<String> list(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
