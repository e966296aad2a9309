package dev.rowcast.replay.connection;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The base of the commands: the options that all of them have, and the two output streams.
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        footerHeading = "%nExamples, against a running `make run`:%n")
public abstract class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    /// {@return how to reach Kafka, and a local run}
    protected final KafkaOptions kafka() {
        return kafka;
    }

    /// {@return the stream for results}
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// {@return the stream for progress and hints}
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
