package dev.rowcast.table.content;

import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.TableName;
import java.util.Map;

/// What the templates show of the server that has the table: its address, and the names of the secrets.
///
/// @param server the server
/// @param name the name of the table's resources
record ServerView(ServerAddress server, TableName name) {

    /// The values by the names that the templates use.
    Map<String, Object> values() {
        // Another server has other passwords and another authority.
        String secrets = server.isElsewhere() ? "rowcast-postgres-" + name.text() : "rowcast-postgres";
        return Map.of(
                "host", server.host(),
                "port", server.port(),
                "database", server.database(),
                "mode", server.mode(),
                "secrets", secrets,
                "isVerified", server.isVerified(),
                "algorithm", server.isHostVerified() ? "HTTPS" : "NONE");
    }
}
