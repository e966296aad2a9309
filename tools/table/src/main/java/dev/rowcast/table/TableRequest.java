package dev.rowcast.table;

import dev.rowcast.table.action.RuleRequest;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.TableName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the user asks for.
///
/// @param model the ONNX file
/// @param name name of the table's resources; empty for that of the model
/// @param out the folder as the user types it; empty for `examples/<name>`
/// @param mode what happens to files that differ
/// @param existing the database that has the table already; empty for none
/// @param action the rule of an action on its predictions; empty for no action
record TableRequest(
        Path model,
        Optional<TableName> name,
        Optional<String> out,
        Mode mode,
        Optional<Existing> existing,
        Optional<RuleRequest> action) {

    /// A database that has the table already.
    ///
    /// @param uri its address, with a superuser
    /// @param address its server, as the manifests name it
    /// @param password the superuser's; empty if the address has it
    /// @param apply whether the schema is applied
    record Existing(String uri, ServerAddress address, String password, boolean apply) {}

    /// What happens to files that differ.
    enum Mode {
        /// Writes, and leaves edited files.
        UPDATE,
        /// Writes, and replaces edited files.
        FORCE,
        /// Prints the differences and writes nothing.
        DIFF
    }

    /// Reads the variables `MODEL`, `NAME`, `OUT`, `DIFF`, `FORCE`, `EXISTING`, `APPLY` and `PGPASSWORD`, and those of
    /// [RuleRequest].
    ///
    /// @throws IllegalArgumentException with one line that names the variable
    static TableRequest of(Map<String, String> environment) {
        String model = text(environment, "MODEL")
                .orElseThrow(() -> new IllegalArgumentException("Which model? make table MODEL=mine.onnx,"
                        + " or TABLE=mine.toml DATA=mine.csv to train it first"));
        boolean diff = yes(environment, "DIFF");
        boolean force = yes(environment, "FORCE");
        if (diff && force) {
            throw new IllegalArgumentException("DIFF and FORCE are both yes; choose one");
        }
        boolean apply = yes(environment, "APPLY");
        Optional<Existing> existing = text(environment, "EXISTING")
                .map(uri ->
                        new Existing(uri, ServerAddress.of(uri), environment.getOrDefault("PGPASSWORD", ""), apply));
        if (apply && (existing.isEmpty() || diff)) {
            throw new IllegalArgumentException("APPLY is yes, which needs EXISTING=postgresql://… and no DIFF");
        }
        Optional<RuleRequest> action = RuleRequest.of(environment);
        if (action.isPresent()
                && existing.filter(each -> each.address().isElsewhere()).isPresent()) {
            throw new IllegalArgumentException(
                    "ACTION needs a table in the server of postgres/cluster.yaml, whose outbox the"
                            + " connector outbox reads; EXISTING is another server");
        }
        Mode mode = diff ? Mode.DIFF : force ? Mode.FORCE : Mode.UPDATE;
        return new TableRequest(
                Path.of(model),
                text(environment, "NAME").map(TableName::new),
                text(environment, "OUT").map(out -> out.replaceAll("/+$", "")),
                mode,
                existing,
                action);
    }

    private static Optional<String> text(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static boolean yes(Map<String, String> environment, String variable) {
        return switch (text(environment, variable).orElse("no")) {
            case "yes" -> true;
            case "no" -> false;
            case String other -> throw new IllegalArgumentException(variable + " is " + other + ", not yes or no");
        };
    }
}
