package dev.rowcast.replay.send;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Counts the responses to all tries, and the last response to each event, by status. Thread safe.
public final class StatusCounts {

    private final Map<String, Long> answers = new TreeMap<>();
    private final Map<String, Long> events = new TreeMap<>();
    private long accepted;
    private long refused;

    /// Counts the response to a try.
    synchronized void add(FunctionResponse response) {
        answers.merge(status(response), 1L, Long::sum);
    }

    /// Counts the outcome of an event.
    public synchronized void add(SendOutcome outcome) {
        switch (outcome) {
            case SendOutcome.Accepted(int status) -> {
                events.merge(Integer.toString(status), 1L, Long::sum);
                accepted++;
            }
            case SendOutcome.Refused(FunctionResponse last) -> {
                events.merge(status(last), 1L, Long::sum);
                refused++;
            }
            case SendOutcome.Unsendable _ -> {
                events.merge("dropped", 1L, Long::sum);
                refused++;
            }
            case SendOutcome.Interrupted _ -> {}
        }
    }

    /// {@return the number of events that were accepted}
    public synchronized long accepted() {
        return accepted;
    }

    /// {@return the number of events that were refused or could not be sent}
    public synchronized long refused() {
        return refused;
    }

    /// {@return the exit code of a command that has sent these events}
    public int exitCode() {
        return refused() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /// {@return the counts for people}
    public Table table() {
        return Table.of(document());
    }

    /// {@return the counts for scripts}
    public synchronized ArrayNode document() {
        Set<String> names = new TreeSet<>(answers.keySet());
        names.addAll(events.keySet());
        ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
        names.forEach(status -> statuses.addObject()
                .put("status", status)
                .put("answers", answers.getOrDefault(status, 0L))
                .put("events", events.getOrDefault(status, 0L)));
        return statuses;
    }

    /// {@return the HTTP status of a response, or the kind of failure}
    public static String status(FunctionResponse response) {
        return switch (response) {
            case FunctionResponse.Answered answered -> Integer.toString(answered.status());
            case FunctionResponse.Unreachable _ -> "unreachable";
            case FunctionResponse.Broken _ -> "no answer";
            case FunctionResponse.TimedOut _ -> "timeout";
        };
    }
}
