package dev.rowcast.replay;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.OffsetBound;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine;

/// The plugin: `kn replay` runs the executable `kn-replay` on the PATH.
@QuarkusMain
public final class KnReplay implements QuarkusApplication {

    /// Wide enough for each example to fit on one line, so that it can be copied.
    private static final int HELP_WIDTH = 120;

    /// Runs one command.
    ///
    /// @return a code of [ExitCode]
    @Override
    public int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /// {@return the commands, which report a failure in one line}
    static CommandLine commandLine() {
        return new CommandLine(new RootCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(OffsetBound.class, text -> OffsetBound.parse(text, Instant.now()))
                .setParameterExceptionHandler(KnReplay::wrongUsage)
                .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
    }

    private static int wrongUsage(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("kn replay: " + failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See " + command.getCommandSpec().qualifiedName().replace("kn-replay", "kn replay") + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        int code = switch (failure) {
            case UsageException _ -> ExitCode.USAGE;
            case UnreachableException _ -> ExitCode.UNREACHABLE;
            default -> throw failure;
        };
        command.getErr().println("kn replay: " + failure.getMessage());
        return code;
    }
}
