package dev.rowcast.local.schema;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// `make schema MODEL=file.onnx`: prints the SQL for the tables of a model.
///
/// ```
///   file ─▶ contract ─▶ SQL
/// ```
public final class PrintSchema {

    private static final int MISUSED = 2;

    private PrintSchema() {}

    /// Prints the SQL to standard output. Exits with 2, after one line on standard error, when the model
    /// cannot be read.
    ///
    /// @param arguments the ONNX file
    public static void main(String[] arguments) {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            System.err.println("Which model? make schema MODEL=trainer-notebook/model/churn.onnx");
            System.exit(MISUSED);
        }
        try (OnnxScorer model = OnnxScorer.load(Path.of(arguments[0]))) {
            // The default charset of a terminal may lack characters of the contract.
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(SchemaSql.of(model.contract()));
        } catch (ContractException fault) {
            System.err.println(fault.getMessage().lines().findFirst().orElse("The model cannot be read"));
            System.exit(MISUSED);
        }
    }
}
