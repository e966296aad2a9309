package dev.rowcast.proof.system;

import dev.rowcast.testkit.station.Postgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A dump of some tables.
///
/// @param rows as `COPY` writes them, by table
record Backup(Map<String, String> rows) {

    static Backup of(Postgres postgres, List<String> tables) throws SQLException, IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        try (Connection superuser = postgres.connect("postgres")) {
            for (String table : tables) {
                StringWriter text = new StringWriter();
                copies(superuser).copyOut("COPY " + table + " TO STDOUT", text);
                rows.put(table, text.toString());
            }
        }
        return new Backup(rows);
    }

    /// Replaces a cluster by a new one with these rows. It has no replication slots, so that a slot created
    /// later starts behind the restore.
    void restoreInto(Path folder) throws SQLException, IOException {
        delete(folder);
        try (Postgres postgres = Postgres.start(folder)) {
            postgres.applySchema();
            try (Connection superuser = postgres.connect("postgres");
                    Statement statement = superuser.createStatement()) {
                for (Map.Entry<String, String> table : rows.entrySet()) {
                    copies(superuser)
                            .copyIn("COPY " + table.getKey() + " FROM STDIN", new StringReader(table.getValue()));
                }
                statement.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
            }
        }
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
