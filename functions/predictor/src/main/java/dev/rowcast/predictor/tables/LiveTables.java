package dev.rowcast.predictor.tables;

import dev.rowcast.model.contract.ContractCheck;
import dev.rowcast.model.contract.ContractCheck.Violation;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares the source and the captured table in Postgres with the contract. Each check also registers the
/// model, so that its scores have a rank. Thread safe.
public final class LiveTables {

    // A domain is replaced by its base type, at any depth. A user-defined type keeps its qualified name.
    private static final String COLUMNS = """
        WITH RECURSIVE typed AS (
            SELECT n.nspname, c.relname, a.attname, a.attgenerated, a.atttypid AS type, a.atttypmod AS modifier
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'f')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped
                AND has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES')
                AND ((n.nspname = $1::text AND c.relname = $2::text)
                    OR (n.nspname = $3::text AND c.relname = $4::text))
            UNION ALL
            SELECT typed.nspname, typed.relname, typed.attname, typed.attgenerated, t.typbasetype, t.typtypmod
            FROM typed JOIN pg_catalog.pg_type t ON t.oid = typed.type AND t.typtype = 'd'
        )
        SELECT typed.nspname::text AS table_schema, typed.relname::text AS table_name,
            typed.attname::text AS column_name,
            CASE WHEN made.nspname = 'pg_catalog' THEN format_type(b.oid, typed.modifier)
                WHEN b.typname = 'citext' THEN 'citext'
                ELSE 'USER-DEFINED ' || quote_ident(made.nspname) || '.' || quote_ident(b.typname) END AS type,
            made.nspname::text AS udt_schema, b.typname::text AS udt_name, typed.attgenerated <> '' AS generated
        FROM typed
        JOIN pg_catalog.pg_type b ON b.oid = typed.type AND b.typtype <> 'd'
        JOIN pg_catalog.pg_namespace made ON made.oid = b.typnamespace\
        """;

    private static final String PUBLISHED = """
        SELECT pubname::text, attnames::text[] FROM pg_catalog.pg_publication_tables
        WHERE schemaname = $1::text AND tablename = $2::text\
        """;

    private final PostgresClient postgres;
    private final ModelContract contract;
    private final ModelTable models;
    private volatile TableCheck last = new TableCheck.Unknown(new Refusal.Temporary("the tables are not checked yet"));

    /// @param postgres has the tables
    /// @param contract the contract that the tables must match
    public LiveTables(PostgresClient postgres, ModelContract contract) {
        this.postgres = postgres;
        this.contract = contract;
        this.models = new ModelTable(postgres, contract.model());
    }

    /// The result of the last check that could read the tables.
    public TableCheck lastCheck() {
        return last;
    }

    /// Reads the tables from Postgres, compares them with the contract and keeps the result; blocks.
    public TableCheck check() {
        TableCheck found = query();
        boolean replaces = !(found instanceof TableCheck.Unknown) || last instanceof TableCheck.Unknown;
        // An equal result keeps the old object, which is faster to compare with the statement's columns.
        if (replaces && !found.equals(last)) {
            last = found;
        }
        return found;
    }

    private TableCheck query() {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        Tuple tables = Tuple.of(source.schema(), source.table(), captured.schema(), captured.table());
        return switch (postgres.send(COLUMNS, tables)) {
            case StatementResult.Rows(RowSet<Row> columns) ->
                switch (postgres.send(PUBLISHED, Tuple.of(source.schema(), source.table()))) {
                    case StatementResult.Rows(RowSet<Row> publications) -> check(columns, publications(publications));
                    case StatementResult.Refused(Refusal refusal) -> new TableCheck.Unknown(refusal);
                };
            case StatementResult.Refused(Refusal refusal) -> new TableCheck.Unknown(refusal);
        };
    }

    private TableCheck check(RowSet<Row> rows, Map<String, Set<String>> publications) {
        ModelContract.Source from = contract.source();
        Map<String, LiveColumn> source = columns(rows, from.schema(), from.table());
        Map<String, LiveColumn> captured =
                columns(rows, contract.captured().schema(), contract.captured().table());
        List<Violation> violations = Stream.of(
                        ContractCheck.source(contract, types(source)),
                        ContractCheck.captured(contract, types(captured), types(source)),
                        ContractCheck.published(contract, publications, generated(rows, from.schema(), from.table()))
                                .stream()
                                // A missing column has a violation of its own already.
                                .filter(violation -> source.containsKey(violation.column()))
                                .toList())
                .flatMap(List::stream)
                .toList();
        if (!violations.isEmpty()) {
            return new TableCheck.Violated(
                    violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
        return models.register()
                .<TableCheck>map(TableCheck.Unknown::new)
                .orElseGet(() -> new TableCheck.Satisfied(captured));
    }

    private static Map<String, Set<String>> publications(RowSet<Row> rows) {
        Map<String, Set<String>> publications = new HashMap<>();
        for (Row row : rows) {
            publications.put(row.getString("pubname"), Set.of(row.getArrayOfStrings("attnames")));
        }
        return publications;
    }

    private static Set<String> generated(RowSet<Row> rows, String schema, String table) {
        Set<String> generated = new HashSet<>();
        for (Row row : rows) {
            if (isOf(row, schema, table) && row.getBoolean("generated")) {
                generated.add(row.getString("column_name"));
            }
        }
        return generated;
    }

    private static boolean isOf(Row row, String schema, String table) {
        return row.getString("table_schema").equals(schema)
                && row.getString("table_name").equals(table);
    }

    private static Map<String, LiveColumn> columns(RowSet<Row> rows, String schema, String table) {
        Map<String, LiveColumn> columns = new HashMap<>();
        for (Row row : rows) {
            if (isOf(row, schema, table)) {
                String castType = Identifier.quoted(row.getString("udt_schema"), row.getString("udt_name"));
                columns.put(row.getString("column_name"), new LiveColumn(row.getString("type"), castType));
            }
        }
        return Map.copyOf(columns);
    }

    private static Map<String, String> types(Map<String, LiveColumn> columns) {
        return columns.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, column -> column.getValue().type()));
    }
}
