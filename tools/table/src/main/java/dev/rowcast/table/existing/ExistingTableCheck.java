package dev.rowcast.table.existing;

import dev.rowcast.model.contract.ContractCheck;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.existing.Finding.Kind;
import dev.rowcast.table.name.Quoted;
import dev.rowcast.table.name.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks source table, captured table and publication against a contract.
///
/// @param catalog of the database
/// @param contract of the model
/// @param name of the table
record ExistingTableCheck(Catalog catalog, ModelContract contract, TableName name) {

    private static final String PUBLISHED = """
            SELECT 1 FROM pg_publication_tables WHERE pubname = ? AND (schemaname, tablename) IN
            ((?, ?), (?, ?), ('public', 'rowcast_signal'), ('public', 'rowcast_heartbeat'))""";

    /// Source and captured table, signals and heartbeats.
    private static final int PUBLISHED_TABLES = 4;

    private static final String LARGE = "octet_length(row_to_json(source)::text) > public.rowcast_largest_row()";

    List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String source = Quoted.sqlName(contract.source().schema()) + "."
                + Quoted.sqlName(contract.source().table());
        Map<String, String> columns = catalog.columns(source);
        if (columns.isEmpty()) {
            findings.add(new Finding(Kind.CHANGE, "table " + source + " is created"));
        } else {
            findings.addAll(source(source, columns));
        }
        findings.addAll(captured(columns));
        findings.add(publication());
        return findings;
    }

    private List<Finding> source(String source, Map<String, String> columns) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        ContractCheck.source(contract, columns)
                .forEach(violation -> findings.add(new Finding(Kind.FAULT, violation.message())));
        List<String> key = catalog.key(source);
        if (!key.equals(contract.source().key())) {
            findings.add(new Finding(
                    Kind.FAULT,
                    "table " + source + ": expected the primary key "
                            + contract.source().key() + ", found " + key));
        }
        if (columns.containsKey(contract.label().name())) {
            findings.add(new Finding(Kind.FITS, "table " + source + " has " + columns.size() + " columns"));
        } else {
            findings.add(new Finding(
                    Kind.FAULT,
                    "table " + source + ", column " + contract.label().name() + ": the label is missing"));
        }
        large(source).ifPresent(findings::add);
        undeliverable(source, columns).ifPresent(findings::add);
        change(findings, "replica identity", "FULL, which writes old rows to the WAL", identity(source), "FULL");
        change(findings, "owner", "app", owner(source), "app");
        for (String trigger : List.of("refuse_truncate", "refuse_large_row")) {
            boolean exists = catalog.has(
                    "SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(?) AND tgname = ?", source, trigger);
            change(findings, "trigger", trigger, exists ? trigger : "nothing", trigger);
        }
        return findings;
    }

    private static void change(List<Finding> findings, String what, String after, String now, String wanted) {
        findings.add(
                now.equals(wanted)
                        ? new Finding(Kind.FITS, what + " is " + now)
                        : new Finding(Kind.CHANGE, what + " from " + now + " to " + after));
    }

    private String identity(String table) throws SQLException {
        return catalog.value("""
                SELECT CASE relreplident WHEN 'f' THEN 'FULL' WHEN 'd' THEN 'DEFAULT' WHEN 'n' THEN 'NOTHING' ELSE 'INDEX' END
                FROM pg_class WHERE oid = to_regclass(?)""", table);
    }

    private String owner(String table) throws SQLException {
        return catalog.value("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(?)", table);
    }

    private Optional<Finding> undeliverable(String source, Map<String, String> columns) throws SQLException {
        String condition = contract.source().key().stream()
                .filter(column -> columns.getOrDefault(column, "").matches("text|character.*"))
                .map(Quoted::sqlName)
                .map(column -> "octet_length(" + column + ") NOT BETWEEN 1 AND 512 OR " + column
                        + " ~ '[\\u0001-\\u001f\\u007f-\\u009f]'")
                .collect(Collectors.joining(" OR "));
        return condition.isEmpty()
                ? Optional.empty()
                : fault(source, condition, "keys are empty, longer than 512 bytes, or have control characters");
    }

    /// Without the limit's function the database lacks the schema, which is a fault already.
    private Optional<Finding> large(String source) throws SQLException {
        if (catalog.value("SELECT to_regproc('public.rowcast_largest_row')").equals("nothing")) {
            return Optional.empty();
        }
        return fault(
                source,
                LARGE,
                "rows are too large for Kafka; find them: SELECT * FROM " + source + " AS source WHERE " + LARGE);
    }

    private Optional<Finding> fault(String source, String condition, String problem) throws SQLException {
        String found = catalog.value("SELECT count(*) FROM " + source + " AS source WHERE " + condition);
        return found.equals("0")
                ? Optional.empty()
                : Optional.of(new Finding(Kind.FAULT, "table " + source + ": " + found + " " + problem));
    }

    private List<Finding> captured(Map<String, String> source) throws SQLException {
        String captured = Quoted.sqlName(contract.captured().schema()) + "."
                + Quoted.sqlName(contract.captured().table());
        Map<String, String> columns = catalog.columns(captured);
        if (columns.isEmpty()) {
            return List.of(new Finding(Kind.CHANGE, "table " + captured + " is created"));
        }
        List<Finding> faults = ContractCheck.captured(contract, columns, source).stream()
                .map(violation -> new Finding(Kind.FAULT, violation.message()))
                .toList();
        return faults.isEmpty() ? List.of(new Finding(Kind.FITS, "table " + captured + " exists")) : faults;
    }

    private Finding publication() throws SQLException {
        String publication = name.slot();
        if (!catalog.has("SELECT 1 FROM pg_publication WHERE pubname = ?", publication)) {
            return new Finding(Kind.CHANGE, "publication " + publication + " is created");
        }
        int tables = catalog.values(
                        PUBLISHED,
                        publication,
                        contract.source().schema(),
                        contract.source().table(),
                        contract.captured().schema(),
                        contract.captured().table())
                .size();
        return tables == PUBLISHED_TABLES
                ? new Finding(Kind.FITS, "publication " + publication + " has its tables")
                : new Finding(Kind.CHANGE, "publication " + publication + " gets all of its tables");
    }
}
