package dev.rowcast.table;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.content.FolderContent;
import dev.rowcast.table.existing.ExistingDatabase;
import dev.rowcast.table.existing.Finding;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.folder.FileState;
import dev.rowcast.table.folder.TableFolder;
import dev.rowcast.table.name.TableName;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// `make table MODEL=mine.onnx`: writes the folder of a table from the contract in its model.
///
/// ```
///   file ─▶ contract ─▶ files ─▶ compared with the folder ─▶ written
/// ```
public final class MakeTable {

    private static final int MISUSED = 2;

    private MakeTable() {}

    /// Writes the folder. Exits with 0 when the folder is as it should be, 1 when edited files were left or differences
    /// were printed, and 2, after one line on standard error, when the model or a variable cannot be used.
    ///
    /// @param arguments none; the environment has the variables
    public static void main(String[] arguments) {
        // The default charset of a terminal may lack characters of the contract.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(run(TableRequest.of(System.getenv()), Path.of(""), out));
        } catch (ContractException | IllegalArgumentException refused) {
            System.err.println(refused.getMessage().lines().findFirst().orElse("The table cannot be written"));
            System.exit(MISUSED);
        } catch (SQLException refused) {
            System.err.println("The database refused: "
                    + refused.getMessage().lines().findFirst().orElse(""));
            System.exit(MISUSED);
        } catch (UncheckedIOException failure) {
            System.err.println("The folder cannot be written: " + failure.getCause());
            System.exit(MISUSED);
        }
    }

    /// Writes the folder below a checkout.
    ///
    /// @return the exit code
    /// @throws SQLException when a database that exists does not answer
    static int run(TableRequest request, Path checkout, PrintStream out) throws SQLException {
        Path model = checkout.resolve(request.model());
        ModelContract contract = contract(model);
        TableName name = request.name()
                .orElseGet(() -> TableName.ofModel(contract.model().name()));
        String shown = request.out().orElse("examples/" + name.text());
        Optional<Action> action = request.action().map(rule -> new Action(rule, name, contract));
        SortedMap<String, byte[]> files = FolderContent.of(
                contract,
                name,
                shown,
                request.existing().map(TableRequest.Existing::address).orElse(ServerAddress.OF_THE_CLUSTER),
                action);
        files.putAll(ModelFolder.of(model, contract, name));
        TableFolder folder = TableFolder.of(checkout.resolve(shown), files);
        int written = write(folder, shown, request.mode(), out);
        if (request.existing().isEmpty()) {
            return written;
        }
        String schema = new String(files.get("schema.sql"), StandardCharsets.UTF_8);
        return Math.max(written, existing(request.existing().orElseThrow(), contract, name, action, schema, out));
    }

    private static int write(TableFolder folder, String shown, TableRequest.Mode mode, PrintStream out) {
        return switch (mode) {
            case DIFF -> {
                String differences = folder.differences();
                out.print(differences);
                yield differences.isEmpty() ? 0 : 1;
            }
            case FORCE -> {
                folder.replace();
                report(folder, shown, out);
                list(out, "replaced, although it was edited", folder.in(FileState.EDITED));
                yield 0;
            }
            case UPDATE -> {
                folder.update();
                report(folder, shown, out);
                yield left(folder.in(FileState.EDITED), out);
            }
        };
    }

    private static void report(TableFolder folder, String shown, PrintStream out) {
        list(out, "new", folder.in(FileState.NEW));
        list(out, "changed", folder.in(FileState.OUTDATED));
        list(out, "deleted", folder.in(FileState.SUPERFLUOUS));
        out.println(shown + " has everything that the table needs; next: " + shown + "/README.md");
    }

    private static int left(List<String> edited, PrintStream out) {
        if (edited.isEmpty()) {
            return 0;
        }
        list(out, "left, because it was edited", edited);
        out.println("Edited files were left. DIFF=yes shows what would change, FORCE=yes replaces them.");
        return 1;
    }

    private static void list(PrintStream out, String what, List<String> files) {
        files.forEach(file -> out.println("  " + file + ": " + what));
    }

    private static int existing(
            TableRequest.Existing wanted,
            ModelContract contract,
            TableName name,
            Optional<Action> action,
            String schema,
            PrintStream out)
            throws SQLException {
        try (ExistingDatabase database = ExistingDatabase.open(wanted.uri(), wanted.password())) {
            List<Finding> findings = database.check(contract, name, action);
            out.println(
                    wanted.address().isElsewhere()
                            ? "The manifests have the server "
                                    + wanted.address().host() + ", and no user or password of it."
                            : "The manifests have the server of postgres/cluster.yaml: EXISTING is a way to it.");
            findings.forEach(finding -> out.println("  " + finding.line()));
            if (findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.FAULT)) {
                out.println("Nothing was changed in the database: change first what is named above.");
                return 1;
            }
            if (!wanted.apply()) {
                out.println("Nothing was changed in the database. APPLY=yes runs schema.sql.");
                return 0;
            }
            database.apply(schema);
            out.println("schema.sql was run in the database.");
            return 0;
        }
    }

    private static ModelContract contract(Path file) {
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }
}
