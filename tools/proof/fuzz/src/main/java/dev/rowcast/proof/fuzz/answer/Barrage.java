package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.proof.fuzz.input.Input;
import dev.rowcast.proof.fuzz.input.Inputs;
import dev.rowcast.proof.fuzz.input.Plan;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends inputs to a function over many connections at a time, so that it makes batches of them, and collects what is
/// wrong with its answers. Who is told to come again does so.
public final class Barrage {

    private static final int CONNECTIONS = 32;
    private static final int MOST_FINDINGS = 5;

    /// A safety net: what is refused for longer is refused for good.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI function;
    private final OutcomeTable table;
    private final Witness witness;
    private final Tally tally = new Tally();
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());

    /// @param function where it takes events
    /// @param name the function's name
    public Barrage(URI function, String name, Witness witness) {
        this.function = function;
        this.table = new OutcomeTable(name);
        this.witness = witness;
    }

    /// Sends all of `inputs` and waits for the answers.
    ///
    /// @return how many of each answer there were
    /// @throws AssertionError when an answer was wrong; it says how to repeat that
    public Tally send(Inputs inputs, Plan plan) throws InterruptedException {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ends.add(senders.submit(() -> {
                    sendSome(inputs);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("the function cannot be reached", e.getCause());
        }
        if (!findings.isEmpty()) {
            throw new AssertionError("%d findings, again by: %s%n%s"
                    .formatted(findings.size(), plan.again(), String.join(System.lineSeparator(), findings)));
        }
        return tally;
    }

    private void sendSome(Inputs inputs) throws IOException, InterruptedException {
        Line line = new Line(function);
        try {
            for (Optional<Input> next = inputs.next();
                    next.isPresent() && findings.size() < MOST_FINDINGS;
                    next = inputs.next()) {
                Input input = next.get();
                try {
                    judge(input, deliver(line, input));
                } catch (IOException unanswered) {
                    findings.add("no answer: " + unanswered + " to " + input);
                    line.close();
                    line = new Line(function);
                }
            }
        } finally {
            line.close();
        }
    }

    private Reply deliver(Line line, Input input) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Reply reply = line.post(input);
        for (long wait = 10; reply.isLater() && System.nanoTime() < deadline; wait = Math.min(2 * wait, 1000)) {
            if (table.faultOf(reply).isPresent()) {
                return reply;
            }
            tally.count(reply);
            Thread.sleep(wait);
            reply = line.post(input);
        }
        return reply;
    }

    private void judge(Input input, Reply reply) {
        tally.count(reply);
        Optional<String> fault = table.faultOf(reply)
                .or(() -> reply.isLater()
                        ? Optional.of("it is told to come again and again: " + reply)
                        : witness.faultOf(input, reply));
        fault.ifPresent(found -> findings.add(found + " to " + input));
    }
}
