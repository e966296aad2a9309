package dev.rowcast.predictor.tables;

import dev.rowcast.model.ContractCheck;
import dev.rowcast.model.ContractCheck.Violation;
import dev.rowcast.model.ModelContract;
import dev.rowcast.predictor.postgres.Postgres;
import dev.rowcast.predictor.postgres.Reply;
import dev.rowcast.predictor.postgres.Verdict;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The source and the captured table as they are in Postgres, held against the contract. The model is registered
/// with each look, so that a score of it has a rank. Thread safe.
public final class LiveTables {

    private static final String COLUMNS = """
            SELECT table_schema, table_name, column_name, data_type, udt_schema, udt_name
            FROM information_schema.columns
            WHERE (table_schema = $1 AND table_name = $2) OR (table_schema = $3 AND table_name = $4)""";

    private final Postgres postgres;
    private final ModelContract contract;
    private final ModelTable models;
    private volatile TableCheck known =
            new TableCheck.Unknown(new Verdict.Unavailable("the tables are not checked yet"));

    /// @param postgres where the tables are
    /// @param contract what they must keep
    public LiveTables(Postgres postgres, ModelContract contract) {
        this.postgres = postgres;
        this.contract = contract;
        this.models = new ModelTable(postgres, contract.model());
    }

    /// What is known of the tables. While they cannot be asked, what was known before.
    public TableCheck known() {
        return known;
    }

    /// Asks Postgres for the tables, and remembers what comes of it; blocks until that is known.
    public TableCheck check() {
        TableCheck found = ask();
        boolean isNews = !(found instanceof TableCheck.Unknown) || known instanceof TableCheck.Unknown;
        // What is equal stays the same object: each batch compares it with what the statement was made for.
        if (isNews && !found.equals(known)) {
            known = found;
        }
        return found;
    }

    private TableCheck ask() {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        Tuple tables = Tuple.of(source.schema(), source.table(), captured.schema(), captured.table());
        return switch (postgres.send(COLUMNS, tables)) {
            case Reply.Rows(RowSet<Row> rows) ->
                check(
                        columns(rows, source.schema(), source.table()),
                        columns(rows, captured.schema(), captured.table()));
            case Reply.Refused(Verdict verdict) -> new TableCheck.Unknown(verdict);
        };
    }

    private TableCheck check(Map<String, LiveColumn> source, Map<String, LiveColumn> captured) {
        List<Violation> violations = Stream.concat(
                        ContractCheck.source(contract, types(source)).stream(),
                        ContractCheck.captured(contract, types(captured)).stream())
                .toList();
        if (!violations.isEmpty()) {
            return new TableCheck.Violated(
                    violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
        return models.register()
                .<TableCheck>map(TableCheck.Unknown::new)
                .orElseGet(() -> new TableCheck.Kept(captured));
    }

    private static Map<String, LiveColumn> columns(RowSet<Row> rows, String schema, String table) {
        Map<String, LiveColumn> columns = new HashMap<>();
        for (Row row : rows) {
            if (row.getString("table_schema").equals(schema)
                    && row.getString("table_name").equals(table)) {
                String castType = Identifier.quoted(row.getString("udt_schema"), row.getString("udt_name"));
                columns.put(row.getString("column_name"), new LiveColumn(row.getString("data_type"), castType));
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
