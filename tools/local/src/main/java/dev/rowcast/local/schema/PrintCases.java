package dev.rowcast.local.schema;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// `make cases MODEL=file.onnx TABLE=schema.table RULE=threshold`: prints the SQL for a case table, with the
/// key of a model's table.
///
/// ```
///   file ─▶ contract ─▶ SQL
/// ```
public final class PrintCases {

    private static final int MISUSED = 2;
    private static final int ARGUMENTS = 3;

    private PrintCases() {}

    /// Prints the SQL to standard output. Exits with 2, after one line on standard error, when an argument is
    /// wrong or the model cannot be read.
    ///
    /// @param arguments the ONNX file, `schema.table` and the kind of rule
    public static void main(String[] arguments) {
        if (arguments.length != ARGUMENTS || arguments[0].isBlank() || !arguments[1].matches("[^.]+\\..+")) {
            System.err.println(
                    "Which cases? make cases MODEL=trainer-notebook/example/loan.onnx TABLE=public.loan_case RULE=threshold");
            System.exit(MISUSED);
        }
        try (OnnxScorer model = OnnxScorer.load(Path.of(arguments[0]))) {
            int dot = arguments[1].indexOf('.');
            String sql = CaseTableSql.of(
                    model.contract(),
                    arguments[1].substring(0, dot),
                    arguments[1].substring(dot + 1),
                    CaseRule.of(arguments[2]));
            // The default charset of a terminal may lack characters of the names.
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(sql);
        } catch (ContractException fault) {
            System.err.println(fault.getMessage().lines().findFirst().orElse("The model cannot be read"));
            System.exit(MISUSED);
        }
    }
}
