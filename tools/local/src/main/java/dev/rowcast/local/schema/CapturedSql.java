package dev.rowcast.local.schema;

import dev.rowcast.model.contract.CapturedTable;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The captured table of a contract: one prediction per key.
///
/// @param contract names the table, its columns and its labels
/// @param row      the columns copied from the source table
record CapturedSql(ModelContract contract, RowColumns row) {

    /// The quoted name.
    String name() {
        return Sql.name(contract.captured().schema(), contract.captured().table());
    }

    String text() {
        List<String> lines = new ArrayList<>(row.lines());
        own().forEach((column, type) -> lines.add(Sql.name(column) + " " + type));
        lines.addAll(row.constraints("captured_key_is_deliverable"));
        lines.addAll(prediction().constraints());
        constraints().lines().forEach(lines::add);
        return """
            -- A prediction per key, guarded by the position of the change it stands for: an older change never overwrites a newer one.
            CREATE TABLE IF NOT EXISTS %1$s (
                %2$s
            );

            ALTER TABLE %1$s REPLICA IDENTITY FULL;

            CREATE OR REPLACE TRIGGER limit_previous BEFORE INSERT OR UPDATE ON %1$s
                FOR EACH ROW EXECUTE FUNCTION public.rowcast_limit_previous();

            %3$s
            %4$s\
            """.formatted(name(), String.join(",\n    ", lines), commits(), comments());
    }

    private String constraints() {
        return """
            CONSTRAINT captured_epoch_fits_a_version CHECK (source_epoch BETWEEN 0 AND 255)
            CONSTRAINT captured_commit_fits_a_version CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1)
            CONSTRAINT captured_lsn_fits_a_version CHECK (source_lsn BETWEEN 0 AND (1::bigint << 55) - 1)
            CONSTRAINT captured_operation_is_known CHECK (operation IN ('c', 'u', 'r', 'd'))
            CONSTRAINT captured_delete_is_marked CHECK (deleted = (operation = 'd'))
            """;
    }

    private String commits() {
        return """
            -- A table that was made by a release that knew no commits gets the column; its rows are not rewritten and keep none.
            ALTER TABLE %1$s ADD COLUMN IF NOT EXISTS source_commit bigint;

            DO $$
            BEGIN
                IF NOT EXISTS (
                    SELECT FROM pg_constraint WHERE conrelid = %2$s::regclass AND conname = 'captured_commit_fits_a_version'
                ) THEN
                    ALTER TABLE %1$s ADD CONSTRAINT captured_commit_fits_a_version
                        CHECK (source_commit BETWEEN 0 AND (1::bigint << 55) - 1) NOT VALID;
                END IF;
            END
            $$;

            ALTER TABLE %1$s VALIDATE CONSTRAINT captured_commit_fits_a_version;

            -- A row that the release before writes during a roll-out has no commit; one that this release writes keeps it.
            CREATE OR REPLACE TRIGGER position_1_drop_commit BEFORE UPDATE ON %1$s
                FOR EACH ROW WHEN ((NEW.source_epoch, NEW.source_lsn) <> (OLD.source_epoch, OLD.source_lsn) AND NEW.source_commit = OLD.source_commit)
                EXECUTE FUNCTION public.rowcast_drop_commit('source_commit');
            CREATE OR REPLACE TRIGGER position_2_keep_commit BEFORE UPDATE OF source_commit ON %1$s
                FOR EACH ROW WHEN (NEW.source_commit IS NULL AND OLD.source_commit IS NOT NULL)
                EXECUTE FUNCTION public.rowcast_keep_commit('source_commit');
            """.formatted(name(), Sql.text(name()));
    }

    private PredictionSql prediction() {
        return new PredictionSql(contract, CapturedTable.of(contract));
    }

    private String comments() {
        String ofThePrediction = prediction().comments().entrySet().stream()
                .map(comment -> "COMMENT ON COLUMN %s.%s IS%s;".formatted(name(), comment.getKey(), comment.getValue()))
                .collect(Collectors.joining("\n"));
        return """
            COMMENT ON TABLE %1$s IS
                'Predictions: for each key of the source table its newest change, as it was scored. Written by the predictor only.';
            COMMENT ON COLUMN %1$s.%2$s IS %3$s;
            %4$s
            COMMENT ON COLUMN %1$s.model_version IS 'Version of the model that gave the probability.';
            COMMENT ON COLUMN %1$s.source_epoch IS
                'First part of the position: raised by an operator when LSNs can go back (restore, fail-over, upgrade). 0 to 255.';
            COMMENT ON COLUMN %1$s.source_commit IS
                'Second part of the position: where the WAL has the last commit before the change''s transaction; 0 for a snapshot read, which any streamed change of its epoch outdoes. Null: stored by a release that knew no commits.';
            COMMENT ON COLUMN %1$s.source_lsn IS
                'Third part of the position: where the WAL has the change; it orders the changes of one transaction. 0 for a snapshot read.';
            COMMENT ON COLUMN %1$s.source_ts IS 'When the change was made in the source table, to the millisecond.';
            COMMENT ON COLUMN %1$s.operation IS 'c insert, u update, d delete, r snapshot read.';
            COMMENT ON COLUMN %1$s.previous IS 'The source row before the change; null for an insert or a read. Its rowcast_left_out names the columns whose old value could not be read, or did not fit into its own column.';
            COMMENT ON COLUMN %1$s.predicted_at IS 'When the predictor wrote this row.';
            COMMENT ON COLUMN %1$s.deleted IS 'True when the source row was deleted; the row stays as a guard.';
            """.formatted(
                        name(),
                        Sql.name(row.key().getFirst()),
                        Sql.text("Key of the source row. The columns from here to "
                                + contract.label().name()
                                + " are those of the source table, as they were scored."),
                        ofThePrediction);
    }

    /// @throws ContractException if a column of the source table clashes with one of these
    private Map<String, String> own() {
        CapturedTable table = CapturedTable.of(contract);
        table.clash(row.types().keySet()).ifPresent(column -> {
            throw new ContractException(
                    "contract: column " + column + " of the source table clashes with a column of the captured table");
        });
        Map<String, String> columns = new LinkedHashMap<>();
        table.columns().forEach(column -> columns.put(table.name(column), column.definition()));
        return columns;
    }
}
