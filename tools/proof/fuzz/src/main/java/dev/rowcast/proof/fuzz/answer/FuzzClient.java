package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.input.Input;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends inputs to a function over many connections at a time, so that the function batches them, and
/// collects the wrong answers. It retries an input after 503.
public final class FuzzClient {

    private static final int CONNECTIONS = 32;
    private static final int MOST_FINDINGS = 5;

    /// An input that gets 503 for longer is a finding.
    private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(1);

    private final URI function;
    private final OutcomeTable table;
    private final DecoderOracle oracle;
    private final AnswersByKind answers = new AnswersByKind();
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());

    /// @param function address for events
    /// @param name of the function
    public FuzzClient(URI function, String name, DecoderOracle oracle) {
        this.function = function;
        this.table = new OutcomeTable(name);
        this.oracle = oracle;
    }

    /// Sends all inputs and waits for the answers.
    ///
    /// @return the number of answers of each kind
    /// @throws AssertionError when an answer was wrong; the message contains the command that repeats
    /// the run
    public AnswersByKind send(FuzzInputs inputs, FuzzPlan plan) throws InterruptedException {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<AnswersByKind> sender = () -> {
                sendSome(inputs);
                return answers;
            };
            for (Future<?> end : senders.invokeAll(Collections.nCopies(CONNECTIONS, sender))) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("the function cannot be reached", e.getCause());
        }
        if (!findings.isEmpty()) {
            throw new AssertionError("%d findings, repeat with: %s%n%s"
                    .formatted(findings.size(), plan.repeatCommand(), String.join(System.lineSeparator(), findings)));
        }
        return answers;
    }

    private void sendSome(FuzzInputs inputs) throws IOException, InterruptedException {
        RawConnection connection = new RawConnection(function);
        try {
            for (Optional<Input> next = inputs.next();
                    next.isPresent() && findings.size() < MOST_FINDINGS;
                    next = inputs.next()) {
                Input input = next.get();
                try {
                    check(input, deliver(connection, input));
                } catch (IOException unanswered) {
                    findings.add("no answer: " + unanswered + " to " + input);
                    connection.close();
                    connection = new RawConnection(function);
                }
            }
        } finally {
            connection.close();
        }
    }

    private RawResponse deliver(RawConnection connection, Input input) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RETRY_TIMEOUT.toNanos();
        RawResponse response = connection.post(input);
        for (long wait = 10;
                response.isRetry() && !oracle.waits(response) && System.nanoTime() < deadline;
                wait = Math.min(2 * wait, 1000)) {
            if (table.faultOf(response).isPresent()) {
                return response;
            }
            answers.count(response);
            Thread.sleep(wait);
            response = connection.post(input);
        }
        return response;
    }

    private void check(Input input, RawResponse response) {
        answers.count(response);
        table.faultOf(response)
                .or(() -> response.isRetry() && !oracle.waits(response)
                        ? Optional.of("503 to every retry: " + response)
                        : oracle.faultOf(input, response))
                .ifPresent(fault -> findings.add(fault + " to " + input));
    }
}
