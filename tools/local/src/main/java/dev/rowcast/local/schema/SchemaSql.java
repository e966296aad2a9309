package dev.rowcast.local.schema;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The SQL for one more model, generated from its contract: both tables, privileges, publication and slot.
/// For the shipped model the result equals `postgres/schema`.
public final class SchemaSql {

    private SchemaSql() {}

    /// The SQL, for psql, with slot and publication named after the model. It can be run again.
    ///
    /// @throws ContractException when Postgres cannot store a name of the contract
    public static String of(ModelContract contract) {
        return of(contract, contract.model().name());
    }

    /// The SQL, for psql. It can be run again.
    ///
    /// @param name slot and publication are named after it
    /// @throws ContractException when Postgres cannot store a name of the contract
    public static String of(ModelContract contract, String name) {
        RowColumns row = RowColumns.of(contract);
        SourceSql source = new SourceSql(contract, row);
        CapturedSql captured = new CapturedSql(contract, row);
        if (source.name().equals(captured.name())) {
            throw new ContractException("contract: " + source.name() + " is both source and captured table");
        }
        return String.join(
                "\n",
                head(contract, name),
                source.text(),
                captured.text(),
                grants(source.name(), captured.name()),
                watch(contract, captured.name(), slot(name)),
                publicationAndSlot(source.name(), captured.name(), slot(name)));
    }

    private static String head(ModelContract contract, String name) {
        SortedSet<String> schemas = new TreeSet<>(
                List.of(contract.source().schema(), contract.captured().schema()));
        schemas.remove("public");
        return """
                -- Tables, rights, publication and slot of model %1$s, as its contract asks for them: make schema MODEL=<its file>.
                -- For a database that has postgres/schema: its roles, its guards of rows and of replica identities, its watch, its tables of signals
                -- and beats.
                -- Run by a superuser, as often as you like. All of it, or nothing.

                BEGIN;
                %2$s""".formatted(
                Sql.printable(name), schemas.stream().map(SchemaSql::schema).collect(Collectors.joining()));
    }

    private static String schema(String name) {
        return """

                CREATE SCHEMA IF NOT EXISTS %1$s;
                GRANT USAGE ON SCHEMA %1$s TO app, connector, predictor;
                """.formatted(Sql.name(name));
    }

    private static String grants(String source, String captured) {
        return """
                -- What each role may do: the application reads predictions, Debezium reads both tables, the predictor stores predictions, deletes
                -- none, and sees of the source table its columns, and no row.
                REVOKE ALL ON %1$s, %2$s FROM PUBLIC, connector, predictor, retention, operator;
                REVOKE ALL ON %2$s FROM app;
                GRANT SELECT ON %2$s TO app;
                GRANT SELECT ON %1$s, %2$s TO connector;
                GRANT SELECT, INSERT, UPDATE ON %2$s TO predictor;
                GRANT REFERENCES ON %1$s TO predictor;
                """.formatted(source, captured);
    }

    private static String watch(ModelContract contract, String captured, String slot) {
        ModelContract.Source table = contract.source();
        return """
                -- What is watched (public.rowcast_problems): that changes of these tables are captured, and that they are of this database.
                CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON %1$s
                    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();

                INSERT INTO public.rowcast_path VALUES
                    (%2$s, %2$s, %3$s, %4$s, 'source'),
                    (%2$s, %2$s, %5$s, %6$s, 'captured'),
                    (%2$s, %2$s, 'public', 'rowcast_signal', 'signal'),
                    (%2$s, %2$s, 'public', 'rowcast_heartbeat', 'heartbeat')
                ON CONFLICT (publication, table_schema, table_name) DO UPDATE SET slot = excluded.slot, role = excluded.role;
                """.formatted(
                        captured,
                        Sql.text(slot),
                        Sql.text(table.schema()),
                        Sql.text(table.table()),
                        Sql.text(contract.captured().schema()),
                        Sql.text(contract.captured().table()));
    }

    private static String publicationAndSlot(String source, String captured, String slot) {
        return """
                -- What goes out of the WAL, for a connector of its own.
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = %4$s) THEN
                        CREATE PUBLICATION %3$s WITH (publish = 'insert, update, delete');
                    END IF;
                END
                $$;

                ALTER PUBLICATION %3$s
                    SET (publish = 'insert, update, delete', publish_generated_columns = stored, publish_via_partition_root = true);
                ALTER PUBLICATION %3$s SET TABLE
                    %1$s,
                    %2$s,
                    public.rowcast_signal,
                    public.rowcast_heartbeat;

                COMMENT ON PUBLICATION %3$s IS 'Changes that Rowcast reads; no truncates.';

                COMMIT;

                -- The place in the WAL that Debezium reads from. After the transaction, because a slot cannot be made in one that has written; not
                -- without the tables, because a slot that nobody reads keeps the WAL for ever.
                SELECT pg_create_logical_replication_slot(%4$s, 'pgoutput', temporary => false, twophase => false, failover => true)
                WHERE EXISTS (SELECT FROM pg_publication WHERE pubname = %4$s)
                  AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = %4$s);
                """.formatted(source, captured, Sql.name(slot), Sql.text(slot));
    }

    /// Name of slot and publication, with the characters that a slot name may have.
    public static String slot(String name) {
        return "rowcast_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
