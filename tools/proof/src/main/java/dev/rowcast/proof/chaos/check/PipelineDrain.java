package dev.rowcast.proof.chaos.check;

import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Waits until no event is in flight. A marker row that is written last is also indexed last, because the
/// WAL is read in order, and a source that has committed all its records has nothing left to deliver.
///
/// It takes two rounds: in the first all changes become predictions, in the second all predictions are
/// indexed and judged. The events of cases take another way through the WAL, which the marker does not
/// pass: they are counted.
final class PipelineDrain {

    /// Time without any delivery after which the path is stuck.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(150);

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ChaosSystem chaos;
    private final CommittedOffsets offsets;
    private int markers;

    PipelineDrain(ChaosSystem chaos, CommittedOffsets offsets) {
        this.chaos = chaos;
        this.offsets = offsets;
    }

    /// Waits.
    ///
    /// @return the part that is stuck, in a line; empty when the path is drained
    Optional<String> await() throws InterruptedException {
        for (int round = 1; round <= 2; round++) {
            markers++;
            int marker = markers;
            Optional<String> stuck = await("the marker row cannot be written", () -> write(marker))
                    .or(() -> await("the marker row is not searchable", () -> isIndexed(marker)))
                    .or(() -> await("the sources have not committed everything", this::isCommitted));
            if (stuck.isPresent()) {
                return stuck;
            }
        }
        return await("events of cases are missing", () -> chaos.caseEvents().missing() <= 0)
                .or(() -> await("events of cases are not indexed", this::isCommitted));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException, IOException, ExecutionException, TimeoutException, InterruptedException;
    }

    private Optional<String> await(String stuck, Condition condition) {
        long deliveries = -1;
        long since = System.nanoTime();
        String why = "";
        while (System.nanoTime() - since < STUCK_AFTER.toNanos()) {
            try {
                if (condition.holds()) {
                    return Optional.empty();
                }
                why = "";
                Thread.sleep(INTERVAL);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            } catch (SQLException | IOException | ExecutionException | TimeoutException failure) {
                why = ": " + failure.getMessage();
            }
            long now = chaos.deliveries().counts().posts();
            if (now != deliveries) {
                deliveries = now;
                since = System.nanoTime();
            }
        }
        return Optional.of(stuck + why + "; behind: " + behind());
    }

    private boolean write(int marker) throws SQLException {
        chaos.write("MARKER", marker);
        return true;
    }

    private boolean isIndexed(int marker) throws IOException, InterruptedException {
        String body = CLIENT.send(
                        HttpRequest.newBuilder(
                                        chaos.elasticsearch().resolve("/person_churn_history_captured/_source/MARKER"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return body.matches("(?s).*\"totalcharges\":" + marker + "(\\.0*)?[,}].*");
    }

    private boolean isCommitted() throws ExecutionException, InterruptedException, TimeoutException {
        return offsets.behind(chaos.system().manifests().sources()).isEmpty();
    }

    private String behind() {
        try {
            return offsets.behind(chaos.system().manifests().sources()).toString();
        } catch (ExecutionException | TimeoutException failure) {
            return "unknown, " + failure.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
