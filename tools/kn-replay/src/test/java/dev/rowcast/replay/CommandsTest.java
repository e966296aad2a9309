package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.replay.exit.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// The command line: errors are reported in a line or two, and every command and option has a help text.
class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<CommandLine> commands() {
        return all(KnReplay.commandLine());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasAnExampleAndEveryOptionAText(CommandLine command) {
        String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(command.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description())
                        .as("%s of %s", option.longestName(), command.getCommandName())
                        .isNotEmpty());
        if (!command.getCommandName().equals("generate-completion")) {
            assertThat(usage).contains("Usage: kn replay", "Example", "--local");
            assertThat(command.getCommandSpec().usageMessage().footer())
                    .allSatisfy(line -> assertThat(usage).contains(line.replace("%n", "")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | Missing required subcommand
            topic | Missing required option: '--sink=URL|ksvc:NAME'
            topic t --sink here --kafka k:1 | here is no sink
            topic t --sink http://here --frm 5 --kafka k:1 | Unknown option
            topic t --sink http://here --from yesterday | is no bound
            topic t --sink http://here | where is Kafka?
            topic --sink http://here --kafka localhost:1 | which topic?
            topic other --sink http://here --kafka localhost:1 --resume t:0=1-2 | the resume point is of topic t
            topic --sink http://here --kafka localhost:1 --resume t:0=1-2 --from 5 | omit --from
            topic t --sink http://here --kafka nonsense | the settings of the Kafka client are wrong
            topic t --sink http://here --client-properties none | cannot be read
            dead-letters | Missing required subcommand
            dead-letters show 5 --kafka k:1 | give PARTITION/OFFSET
            dead-letters send --kafka k:1 | which dead letters?
            dead-letters send 0/1 --all --kafka k:1 | not both
            snapshot --kafka localhost:1 | give a table
            compare t --model-a none.onnx --model-b none.onnx --kafka k:1 | none.onnx
            """)
    void wrongUsageIsReportedPlainlyAndExitsWithTwo(String arguments, String message) {
        String[] words = arguments == null ? new String[0] : arguments.split(" ");

        assertThat(run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("kn replay: ").contains(message).doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(4);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void completionPrintsAScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F", "kn-replay", "dead-letters");
    }

    private int run(String... arguments) {
        return KnReplay.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Stream<CommandLine> all(CommandLine command) {
        List<CommandLine> inner = List.copyOf(command.getSubcommands().values());
        return Stream.concat(Stream.of(command), inner.stream().flatMap(CommandsTest::all));
    }
}
