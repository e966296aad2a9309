package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.read.OffsetBound;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Has a table read again.
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay snapshot TABLE... [--where CONDITION] [OPTIONS]",
        description = {
            "Asks Debezium to read tables again in chunks, while changes go on, and follows that to its end. Each row comes to "
                    + "the functions as a read, which never overwrites a newer change: a model that was exchanged scores "
                    + "the whole table so.",
            "It writes one row into the signal table, as role `operator`, which may do nothing else."
        },
        footerHeading = "%nExamples, against a running `make run`:%n",
        footer = {
            "  kn replay snapshot person_churn_history --local",
            "  kn replay snapshot person_churn_history person_churn_history_captured --local",
            "  kn replay snapshot person_churn_history --where \"contract = 'Two year'\" --local"
        })
public final class SnapshotCommand implements Callable<Integer> {

    private static final int POLLED = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "The tables, with or without their schema; one is read after the other.")
    private List<String> tables = List.of();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only rows for which this SQL holds.")
    private String where;

    @Option(names = "--no-wait", description = "Do not follow it.")
    private boolean noWait;

    @Option(
            names = "--resume",
            paramLabel = "ID",
            description = "Ask for nothing; follow the snapshot that has this id, from its beginning.")
    private String resume;

    @Option(
            names = "--silence",
            paramLabel = "DURATION",
            description = "How long Debezium may say nothing, ISO 8601. Default: ${DEFAULT-VALUE}.",
            defaultValue = "PT2M")
    private Duration silence;

    @Option(
            names = "--notifications",
            paramLabel = "TOPIC",
            description = "Where Debezium says how far it is. Default: ${DEFAULT-VALUE}.",
            defaultValue = "churn.notifications")
    private String topic;

    @Mixin
    private PostgresOptions postgres;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        if (tables.isEmpty() == (resume == null)) {
            throw new UsageException("give a table, or --resume ID");
        }
        PrintWriter err = spec.commandLine().getErr();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(POLLED);
                Interruption interruption = Interruption.watch()) {
            Notifications notifications =
                    Notifications.from(consumer, topic, resume == null ? new OffsetBound.Latest() : new OffsetBound.Earliest());
            String id = resume == null ? ask(err) : resume;
            SnapshotProgress following = new SnapshotProgress(id);
            if (!noWait) {
                follow(notifications, following, interruption, err);
            }
            output.write(spec.commandLine().getOut(), following.document(), following::text);
            if (noWait) {
                return ExitCode.DONE;
            }
            if (!following.hasEnded()) {
                err.println("Interrupted; the snapshot goes on without you. Follow it again with --resume " + id);
                return ExitCode.INTERRUPTED;
            }
            return following.isComplete() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }

    private String ask(PrintWriter err) throws InterruptedException {
        SnapshotSignal signal = SnapshotSignal.of(tables, Optional.ofNullable(where));
        SignalTable.write(signal, postgres.connect(kafka.localRun()));
        err.println("asked for a snapshot of " + String.join(", ", signal.tables()) + ", id " + signal.id());
        err.flush();
        return signal.id();
    }

    private void follow(Notifications notifications, SnapshotProgress following, Interruption interruption, PrintWriter err) {
        long heard = System.nanoTime();
        while (!following.hasEnded() && !interruption.isRequested()) {
            for (Notification notification : notifications.poll()) {
                if (notification.id().equals(following.id())) {
                    heard = System.nanoTime();
                    err.println(Table.printable(following.take(notification)));
                    err.flush();
                }
            }
            if (System.nanoTime() - heard > silence.toNanos()) {
                throw new UnreachableException("Debezium has said nothing of snapshot " + following.id() + " for "
                        + silence.toSeconds() + " s: is the connector running, and does it capture this table?"
                        + " Follow it again with --resume " + following.id());
            }
        }
    }
}
