package dev.rowcast.local.schema;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.sql.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SQL for one more case table: the table, its guard and its privileges. For the shipped action the
/// result equals `postgres/schema`.
///
/// @param schema schema of the case table
/// @param table  its name
/// @param key    its key columns, those of the source table
/// @param rule   determines the columns with the prediction
record CaseTableSql(String schema, String table, RowColumns key, CaseRule rule) {

    private static final List<String> OWN = List.of(
            "status",
            "case_number",
            "model_version",
            "opened_at",
            "closed_at",
            "closed_because",
            "captured_epoch",
            "captured_commit",
            "captured_lsn",
            "position");

    /// @throws ContractException when a key column has the name of a column of every case
    CaseTableSql {
        for (String column : key.key()) {
            if (OWN.contains(column)
                    || rule.columns().stream().anyMatch(own -> own.column().equals(column))) {
                throw new ContractException("contract: key column " + column + " clashes with a column of every case");
            }
        }
    }

    /// The SQL, for psql. It can be run again.
    ///
    /// @throws ContractException when Postgres cannot store a name
    static String of(ModelContract contract, String schema, String table, CaseRule rule) {
        Map<String, SqlType> types = new LinkedHashMap<>();
        List<String> key = contract.source().key();
        for (int i = 0; i < key.size(); i++) {
            types.put(key.get(i), contract.source().keyTypes().get(i));
        }
        return new CaseTableSql(schema, table, new RowColumns(types, key), rule).text();
    }

    String text() {
        return String.join("\n", head(), create(), guard(), comments(), grants());
    }

    private String name() {
        return Sql.name(schema, table);
    }

    private String head() {
        String created = schema.equals("public") ? "" : """

                CREATE SCHEMA IF NOT EXISTS %1$s;
                GRANT USAGE ON SCHEMA %1$s TO app, retention;
                """.formatted(Sql.name(schema));
        return """
                -- A case table: make cases MODEL=<a model> TABLE=schema.table RULE=threshold|class|above|below (docs/actions.md).
                -- For a database that has postgres/schema. Run by a superuser, as often as you like. All of it, or nothing.

                BEGIN;
                %s""".formatted(created);
    }

    private String create() {
        List<String> lines = new ArrayList<>(key.lines());
        lines.add("status text NOT NULL DEFAULT 'none'");
        lines.add("case_number integer NOT NULL DEFAULT 0");
        rule.columns().forEach(column -> lines.add(column.definition()));
        lines.addAll(List.of(
                "model_version text",
                "opened_at timestamptz(3)",
                "closed_at timestamptz(3)",
                "closed_because text",
                "captured_epoch smallint NOT NULL DEFAULT 0",
                "captured_commit bigint",
                "captured_lsn bigint NOT NULL DEFAULT -1"));
        lines.addAll(key.constraints("case_key_is_deliverable"));
        lines.addAll(List.of(
                "CONSTRAINT case_status_is_known CHECK (status IN ('none', 'open', 'closed'))",
                "CONSTRAINT case_is_counted CHECK (case_number >= 0 AND (case_number = 0) = (status = 'none'))",
                "CONSTRAINT case_was_opened CHECK ((opened_at IS NULL) = (status = 'none'))",
                "CONSTRAINT case_closed_says_when_and_why\n"
                        + "        CHECK ((closed_at IS NOT NULL) = (status = 'closed')"
                        + " AND (closed_because IS NOT NULL) = (status = 'closed'))",
                "CONSTRAINT case_reason_is_known CHECK (closed_because IN (" + reasons() + "))",
                "CONSTRAINT case_epoch_fits_a_version CHECK (captured_epoch BETWEEN 0 AND 255)",
                "CONSTRAINT case_commit_fits_a_version CHECK (captured_commit BETWEEN 0 AND (1::bigint << 55) - 1)",
                "CONSTRAINT case_lsn_fits_a_version CHECK (captured_lsn BETWEEN -1 AND (1::bigint << 55) - 1)"));
        return """
                -- One case per row: the first prediction that decides creates it, even if there is no case to open, and it is never removed,
                -- because its position refuses older changes.
                CREATE TABLE IF NOT EXISTS %s (
                    %s
                );
                """.formatted(name(), String.join(",\n    ", lines));
    }

    private String reasons() {
        return Stream.concat(rule.reasons().stream(), Stream.of("deleted"))
                .map(Sql::text)
                .collect(Collectors.joining(", "));
    }

    private String guard() {
        return """
                CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON %1$s
                    FOR EACH ROW WHEN ((NEW.captured_epoch, NEW.captured_lsn) <> (OLD.captured_epoch, OLD.captured_lsn)
                        AND NEW.captured_commit = OLD.captured_commit)
                    EXECUTE FUNCTION public.rowcast_drop_commit('captured_commit');
                CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF captured_commit ON %1$s
                    FOR EACH ROW WHEN (NEW.captured_commit IS NULL AND OLD.captured_commit IS NOT NULL)
                    EXECUTE FUNCTION public.rowcast_keep_commit('captured_commit');
                -- No case of a database with another history.
                CREATE OR REPLACE TRIGGER rowcast_same_history BEFORE INSERT ON %1$s
                    FOR EACH STATEMENT EXECUTE FUNCTION public.rowcast_same_history();
                """.formatted(name());
    }

    private String comments() {
        String score = rule.columns().stream()
                .map(column -> "COMMENT ON COLUMN %s.%s IS %s;\n"
                        .formatted(
                                name(),
                                column.column(),
                                Sql.text(
                                        column.meaning() + ", when the case was opened or closed; null when there never"
                                                + " was one, or when the deletion of the row closed it.")))
                .collect(Collectors.joining());
        return """
                COMMENT ON TABLE %1$s IS 'Cases: one row for each key with a prediction that decided. Written by the action only.';
                COMMENT ON COLUMN %1$s.%2$s IS 'Key of the source row.';
                COMMENT ON COLUMN %1$s.status IS 'none: there never was a case; open; closed.';
                COMMENT ON COLUMN %1$s.case_number IS 'How many cases this row has had, this one included.';
                %3$sCOMMENT ON COLUMN %1$s.model_version IS 'Version of the model that predicted, under the same terms.';
                COMMENT ON COLUMN %1$s.opened_at IS 'When the prediction was stored that opened the case, to the millisecond.';
                COMMENT ON COLUMN %1$s.closed_at IS 'When the prediction was stored that closed the case; null while it is open.';
                COMMENT ON COLUMN %1$s.closed_because IS %4$s;
                COMMENT ON COLUMN %1$s.captured_epoch IS
                    'First part of the position of the newest deciding captured change, even if it did not change the case.';
                COMMENT ON COLUMN %1$s.captured_commit IS
                    'Second part of that position: where the WAL has the last commit before the transaction of that change; 0 for a snapshot read.';
                COMMENT ON COLUMN %1$s.captured_lsn IS
                    'Third part of that position: where the WAL has the change of the captured row; 0 for a snapshot read, -1 before the first.';
                """.formatted(
                        name(),
                        Sql.name(key.key().getFirst()),
                        score,
                        Sql.text(String.join(" or ", rule.reasons()) + " or deleted."));
    }

    private String grants() {
        return """
                -- The application reads cases. Only the action writes them, and deletes none.
                REVOKE ALL ON %1$s FROM PUBLIC, app, connector, predictor, retention, operator;
                GRANT SELECT ON %1$s TO app;
                GRANT SELECT, INSERT, UPDATE ON %1$s TO retention;

                COMMIT;
                """.formatted(name());
    }
}
