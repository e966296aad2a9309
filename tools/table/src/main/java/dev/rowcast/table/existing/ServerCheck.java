package dev.rowcast.table.existing;

import dev.rowcast.table.existing.Finding.Kind;
import dev.rowcast.table.name.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Checks what a table needs of its server and its database.
///
/// @param catalog of the database
/// @param name of the table
/// @param isElsewhere whether it is another server than that of the shipped table
record ServerCheck(Catalog catalog, TableName name, boolean isElsewhere) {

    private static final int OLDEST = 18;

    private static final String MISSING_ROLES = """
            SELECT needed FROM unnest(ARRAY['app', 'connector', 'predictor', 'retention', 'operator']) AS needed
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = needed)""";

    private static final String MISSING_PARTS = """
            SELECT needed FROM unnest(ARRAY['rowcast_signal', 'rowcast_heartbeat', 'rowcast_path']) AS needed
            WHERE to_regclass('public.' || needed) IS NULL""";

    private static final String FREE_SLOTS = """
            SELECT current_setting('max_replication_slots')::int - count(*) FROM pg_replication_slots""";

    private static final String UNREAD_SLOTS = """
            SELECT slot_name FROM pg_replication_slots
            WHERE slot_name IN ('rowcast_churn', 'rowcast_outbox') AND database = current_database() AND NOT active ORDER BY slot_name""";

    List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String user = catalog.value("SELECT current_user");
        findings.add(
                catalog.has("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper")
                        ? new Finding(Kind.FITS, user + " is a superuser")
                        : new Finding(Kind.FAULT, user + " is no superuser; schema.sql needs one"));
        int version = Integer.parseInt(catalog.value("SHOW server_version_num")) / 10_000;
        findings.add(
                version >= OLDEST
                        ? new Finding(Kind.FITS, "Postgres " + version)
                        : new Finding(
                                Kind.FAULT,
                                "Postgres " + version + ": generated columns are published from " + OLDEST));
        String level = catalog.value("SHOW wal_level");
        findings.add(
                level.equals("logical")
                        ? new Finding(Kind.FITS, "wal_level is logical")
                        : new Finding(
                                Kind.FAULT,
                                "wal_level is " + level
                                        + ": ALTER SYSTEM SET wal_level = logical, and restart Postgres"));
        findings.add(schema());
        findings.add(slot());
        if (isElsewhere) {
            for (String unread : catalog.values(UNREAD_SLOTS)) {
                findings.add(new Finding(
                        Kind.FAULT,
                        "slot " + unread + " retains the WAL, and no connector of this server reads it: SELECT"
                                + " pg_drop_replication_slot('" + unread + "')"));
            }
        }
        return findings;
    }

    private Finding schema() throws SQLException {
        List<String> missing = new ArrayList<>(catalog.values(MISSING_ROLES).stream()
                .map(role -> "role " + role)
                .toList());
        catalog.values(MISSING_PARTS).forEach(table -> missing.add("table public." + table));
        if (!catalog.has("SELECT 1 FROM pg_proc WHERE oid = to_regproc('public.rowcast_limit_rows')")) {
            missing.add("function public.rowcast_limit_rows");
        }
        return missing.isEmpty()
                ? new Finding(Kind.FITS, "the database has postgres/schema")
                : new Finding(
                        Kind.FAULT,
                        "the database lacks " + String.join(", ", missing)
                                + ": run every file of postgres/schema, in the order of the names");
    }

    private Finding slot() throws SQLException {
        String slot = name.slot();
        if (catalog.has("SELECT 1 FROM pg_replication_slots WHERE slot_name = ?", slot)) {
            return catalog.has(
                            "SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND plugin = 'pgoutput'"
                                    + " AND database = current_database()",
                            slot)
                    ? new Finding(Kind.FITS, "slot " + slot + " exists")
                    : new Finding(
                            Kind.FAULT, "slot " + slot + " is of another database or plugin; choose another NAME");
        }
        return Integer.parseInt(catalog.value(FREE_SLOTS)) > 0
                ? new Finding(
                        Kind.CHANGE, "slot " + slot + " is created, and retains the WAL until the connector reads it")
                : new Finding(
                        Kind.FAULT,
                        "every replication slot is taken: raise max_replication_slots, and restart" + " Postgres");
    }
}
