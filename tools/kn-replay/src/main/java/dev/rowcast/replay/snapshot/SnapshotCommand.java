package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.connection.LocalRun;
import dev.rowcast.replay.connection.LocalTable;
import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.Table;
import dev.rowcast.replay.read.OffsetBound;
import dev.rowcast.replay.read.TopicFollower;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes Debezium read tables again.
@Command(
        name = "snapshot",
        customSynopsis = "kn replay snapshot TABLE... [--where CONDITION] [OPTIONS]",
        description = {
            "Makes Debezium read tables again in chunks, while changes continue, and waits for the end. The functions "
                    + "receive each row as a read, which never overwrites a newer change. After a change of the model, "
                    + "this scores the whole table again.",
            "It writes one row into the signal table, as role `operator`, which has no other rights."
        },
        footer = {
            "  kn replay snapshot person_churn_history --local",
            "  kn replay snapshot person_churn_history person_churn_history_captured --local",
            "  kn replay snapshot '\"public\".\"person_churn_history\"' --local",
            "  kn replay snapshot person_churn_history --where \"contract = 'Two year'\" --local"
        })
public final class SnapshotCommand extends ReplayCommand {

    private static final String SHIPPED = "churn.notifications";

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "The tables, with or without their schema, each name as it is or quoted as in SQL; they are "
                    + "read one after the other.")
    private List<String> names = List.of();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only rows that match this SQL condition.")
    private Optional<String> where = Optional.empty();

    @Option(names = "--no-wait", description = "Do not wait for the end.")
    private boolean noWait;

    @Option(names = "--resume", paramLabel = "ID", description = "Start no snapshot; follow the one with this id.")
    private Optional<String> resume = Optional.empty();

    @Option(
            names = "--silence",
            paramLabel = "DURATION",
            description = "Longest time without a notification, ISO 8601. Default: ${DEFAULT-VALUE}.")
    private Duration silence = Duration.ofMinutes(2);

    @Option(
            names = "--notifications",
            paramLabel = "TOPIC",
            description = "The topic of the notifications. Default: with --local that of the connector that captures "
                    + "the tables, else " + SHIPPED + ".")
    private Optional<String> topic = Optional.empty();

    @Mixin
    private PostgresOptions postgres;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        if (names.isEmpty() == resume.isEmpty()) {
            throw new UsageException("give a table, or --resume ID");
        }
        List<LocalTable> captured = names.isEmpty()
                ? List.of()
                : kafka().localRun().map(LocalRun::tables).orElse(List.of());
        List<TableId> tables = tables(captured);
        try (Consumer<byte[], byte[]> consumer = kafka().consumer();
                Interruption interruption = Interruption.watch()) {
            OffsetBound from = resume.isEmpty() ? new OffsetBound.Latest() : new OffsetBound.Earliest();
            TopicFollower notifications = TopicFollower.of(consumer, notifications(tables, captured), from);
            SnapshotProgress snapshot = new SnapshotProgress(resume.isEmpty() ? start(tables) : resume.get());
            if (!noWait) {
                follow(notifications, snapshot, interruption);
            }
            output.write(out(), snapshot.document(), snapshot::text);
            if (noWait) {
                return ExitCode.DONE;
            }
            if (!snapshot.hasEnded()) {
                err().println("Interrupted; the snapshot continues. Follow it again with --resume " + snapshot.id());
                return ExitCode.INTERRUPTED;
            }
            return snapshot.isComplete() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }

    private List<TableId> tables(List<LocalTable> captured) {
        List<TableId> known = captured.stream()
                .map(table -> new TableId(table.schema(), table.name()))
                .toList();
        return names.stream().map(name -> TableId.of(name, known)).toList();
    }

    /// Each connector has a topic of its own, and reads only tables that it captures.
    private String notifications(List<TableId> tables, List<LocalTable> captured) {
        if (topic.isPresent() || tables.isEmpty()) {
            return topic.orElse(SHIPPED);
        }
        Map<TableId, String> topics = captured.stream()
                .collect(Collectors.toMap(
                        table -> new TableId(table.schema(), table.name()),
                        LocalTable::notifications,
                        (first, _) -> first));
        Set<String> own = tables.stream()
                .map(table -> topics.getOrDefault(table, SHIPPED))
                .collect(Collectors.toSet());
        if (own.size() > 1) {
            throw new UsageException("different connectors capture " + String.join(" and ", names)
                    + ": give the tables of one connector at a time");
        }
        return own.iterator().next();
    }

    private String start(List<TableId> tables) throws InterruptedException {
        SnapshotSignal signal = SnapshotSignal.of(tables, where);
        SignalTable.write(signal, postgres.connect(kafka().localRun()));
        err().println("asked for a snapshot of "
                + tables.stream().map(TableId::toString).collect(Collectors.joining(", ")) + ", id " + signal.id());
        return signal.id();
    }

    private void follow(TopicFollower notifications, SnapshotProgress snapshot, Interruption interruption) {
        long last = System.nanoTime();
        while (!snapshot.hasEnded() && !interruption.isRequested()) {
            for (ConsumerRecord<byte[], byte[]> record : notifications.poll()) {
                Optional<Notification> own =
                        Notification.of(record).filter(found -> found.id().equals(snapshot.id()));
                if (own.isPresent()) {
                    last = System.nanoTime();
                    err().println(Table.printable(snapshot.add(own.get())));
                }
            }
            if (System.nanoTime() - last > silence.toNanos()) {
                throw new UnreachableException("Debezium has sent no notification of snapshot " + snapshot.id()
                        + " for " + silence.toSeconds()
                        + " s: is the connector running, and does it capture this table?"
                        + " Follow it again with --resume " + snapshot.id());
            }
        }
    }
}
