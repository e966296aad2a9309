package dev.rowcast.replay.send;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.TreeMap;

/// Counts answers by their status: of every try, and of the last one of each event. Thread safe.
public final class StatusCounts {

    private static final class Counts {
        private long answers;
        private long events;
    }

    private final Map<String, Counts> byStatus = new TreeMap<>();
    private long accepted;
    private long refused;

    /// A try was answered, or was not.
    synchronized void answered(FunctionResponse answer) {
        counts(name(answer)).answers++;
    }

    /// An event has come to its end.
    public synchronized void ended(SendOutcome end) {
        switch (end) {
            case SendOutcome.Accepted done -> {
                counts(Integer.toString(done.status())).events++;
                accepted++;
            }
            case SendOutcome.Refused refusal -> {
                counts(name(refusal.last())).events++;
                refused++;
            }
            case SendOutcome.Unsendable _ -> {
                counts("dropped").events++;
                refused++;
            }
            case SendOutcome.Cut _ -> {}
        }
    }

    /// How many events were accepted.
    public synchronized long accepted() {
        return accepted;
    }

    /// How many events came to an end without being accepted.
    public synchronized long refused() {
        return refused;
    }

    /// What a command that has sent these ends with.
    public int exitCode() {
        return refused() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /// For people.
    public synchronized String table() {
        Table table = new Table("STATUS", "ANSWERS", "EVENTS");
        byStatus.forEach((status, counts) -> table.row(status, counts.answers, counts.events));
        return table.isEmpty() ? "" : table.text();
    }

    /// For scripts.
    public synchronized ArrayNode document() {
        ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
        byStatus.forEach((status, counts) -> statuses.addObject()
                .put("status", status)
                .put("answers", counts.answers)
                .put("events", counts.events));
        return statuses;
    }

    private Counts counts(String status) {
        return byStatus.computeIfAbsent(status, _ -> new Counts());
    }

    /// The status of an answer, or what came in its place.
    public static String name(FunctionResponse answer) {
        return switch (answer) {
            case FunctionResponse.Answered answered -> Integer.toString(answered.status());
            case FunctionResponse.Unreachable _ -> "unreachable";
            case FunctionResponse.Broken _ -> "no answer";
            case FunctionResponse.TimedOut _ -> "timeout";
        };
    }
}
