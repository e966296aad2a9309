package dev.rowcast.testkit.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.station.Postgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Stops a function with SIGTERM while a locked table holds its statements.
public final class SigtermScenario {

    private static final int EVENTS = 40;

    private SigtermScenario() {}

    /// Runs the scenario. Fails unless the function answers the events that it has received, refuses a
    /// new one, and ends without an error.
    ///
    /// @param function a ready function
    /// @param name the function's name
    /// @param table the table that it writes
    /// @param event builds the event of a key; the keys are `late` and those that begin with `stop-`
    /// @return the keys that were answered 204
    public static Set<String> run(
            PackagedFunction function, String name, Postgres postgres, String table, Function<String, String> event)
            throws IOException, InterruptedException, SQLException {
        EventClient sender = function.awaitSender();
        Map<String, CompletableFuture<HttpResponse<String>>> sent;
        try (TableLock lock = new TableLock(postgres, table)) {
            sent = IntStream.range(0, EVENTS)
                    .mapToObj(i -> "stop-" + i)
                    .collect(Collectors.toMap(key -> key, key -> sender.postAsync(event.apply(key))));
            lock.awaitWaiting("rowcast-" + name, 1);

            function.terminate();
            function.health().awaitNotReady("takes no more events");
            assertThat(sender.post(event.apply("late")).statusCode()).isEqualTo(503);
        }

        Set<String> answered = new HashSet<>();
        sent.forEach((key, answer) -> {
            // An event that arrives after the signal is refused.
            assertThat(answer.join().statusCode()).isIn(204, 503);
            if (answer.join().statusCode() == 204) {
                answered.add(key);
            }
        });
        assertThat(answered).as("at least those of the batch that waited").isNotEmpty();
        assertThat(function.exitCode()).isIn(0, 143);
        assertThat(function.output()).doesNotContain("ERROR", "Exception");
        return answered;
    }
}
