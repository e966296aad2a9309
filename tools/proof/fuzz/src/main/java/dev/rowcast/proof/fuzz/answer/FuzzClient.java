package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.proof.fuzz.input.Input;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
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
public final class FuzzClient {

    private static final int CONNECTIONS = 32;
    private static final int MOST_FINDINGS = 5;

    /// A safety net: what is refused for longer is refused for good.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI function;
    private final OutcomeTable table;
    private final DecoderOracle witness;
    private final AnswersByKind tally = new AnswersByKind();
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());

    /// @param function where it takes events
    /// @param name the function's name
    public FuzzClient(URI function, String name, DecoderOracle witness) {
        this.function = function;
        this.table = new OutcomeTable(name);
        this.witness = witness;
    }

    /// Sends all of `inputs` and waits for the answers.
    ///
    /// @return how many of each answer there were
    /// @throws AssertionError when an answer was wrong; it says how to repeat that
    public AnswersByKind send(FuzzInputs inputs, FuzzPlan plan) throws InterruptedException {
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

    private void sendSome(FuzzInputs inputs) throws IOException, InterruptedException {
        RawConnection line = new RawConnection(function);
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
                    line = new RawConnection(function);
                }
            }
        } finally {
            line.close();
        }
    }

    private RawResponse deliver(RawConnection line, Input input) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        RawResponse reply = line.post(input);
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

    private void judge(Input input, RawResponse reply) {
        tally.count(reply);
        Optional<String> fault = table.faultOf(reply)
                .or(() -> reply.isLater()
                        ? Optional.of("it is told to come again and again: " + reply)
                        : witness.faultOf(input, reply));
        fault.ifPresent(found -> findings.add(found + " to " + input));
    }
}
