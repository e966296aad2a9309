package dev.rowcast.proof.chaos.check;

import dev.rowcast.proof.chaos.system.CommittedOffsets;

import dev.rowcast.proof.chaos.system.ChaosSystem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Waits until nothing is under way any more, by proof and not by patience: a marker row that is written last comes out
/// last, because the WAL is read in order; and a source that has committed all its records has nothing left to do.
///
/// It goes twice round: first all changes become predictions, then all predictions are indexed and judged. The events
/// of cases come by another way through the WAL, which no marker tells of: they are waited for by their number.
final class PipelineDrain {

    /// How long nothing at all may happen before it is taken for stuck.
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
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
    /// @return what has stuck, in a line; empty when all is quiet
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
        return await("the events of cases are not all there", this::isTold)
                .or(() -> await("the events of cases are not all indexed", this::isCommitted));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException, IOException, ExecutionException, TimeoutException, InterruptedException;
    }

    private Optional<String> await(String stuck, Condition condition) {
        long deliveries = -1;
        long since = System.nanoTime();
        String why = "";
        while (System.nanoTime() - since < PATIENCE.toNanos()) {
            try {
                if (condition.holds()) {
                    return Optional.empty();
                }
                why = "";
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            } catch (SQLException | IOException | ExecutionException | TimeoutException notNow) {
                why = ": " + notNow.getMessage();
            }
            long now = chaos.ledger().sums().posts();
            if (now != deliveries) {
                deliveries = now;
                since = System.nanoTime();
            }
        }
        return Optional.of(stuck + why + "; behind: " + behind());
    }

    private boolean write(int marker) throws SQLException {
        try (Connection connection = DriverManager.getConnection(chaos.jdbc() + "&socketTimeout=10");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO person_churn_history (customerid, tenure, totalcharges) VALUES ('MARKER', 1, " + marker
                            + ") ON CONFLICT (customerid) DO UPDATE SET totalcharges = excluded.totalcharges");
            return true;
        }
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

    private boolean isTold() throws SQLException, IOException {
        return chaos.caseEvents().missing() <= 0;
    }

    private String behind() {
        try {
            Map<String, Long> behind = offsets.behind(chaos.system().manifests().sources());
            return behind.toString();
        } catch (ExecutionException | TimeoutException notNow) {
            return "unknown, " + notNow.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
