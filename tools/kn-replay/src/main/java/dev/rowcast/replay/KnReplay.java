package dev.rowcast.replay;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;

/// The plugin: an executable `kn-replay` on the PATH is `kn replay`.
@QuarkusMain
public final class KnReplay implements QuarkusApplication {

    /// Wide enough for every example to stand in one line, so that it can be copied.
    private static final int HELP_WIDTH = 120;

    /// Runs one command.
    ///
    /// @return a code of [ExitCode]
    @Override
    public int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /// The commands and how their failures are said: in one line.
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new RootCommand());
        commands.setUsageHelpWidth(HELP_WIDTH);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler(KnReplay::misuse);
        commands.setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
        return commands;
    }

    private static int misuse(CommandLine.ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("kn replay: " + misuse.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("See " + command.getCommandSpec().qualifiedName().replace("kn-replay", "kn replay") + " --help");
        return ExitCode.MISUSE;
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        int code = switch (failure) {
            case UsageException _ -> ExitCode.MISUSE;
            case UnreachableException _ -> ExitCode.UNREACHABLE;
            default -> throw failure;
        };
        command.getErr().println("kn replay: " + failure.getMessage());
        return code;
    }
}
