package dev.rowcast.proof.chaos.fault;

import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/// Executes the steps of docs/cluster.md, "When most events are refused", as an operator does.
record RecoverySteps(ChaosSystem chaos) {

    private static final Pattern STATEMENTS =
            Pattern.compile("(?s)## When most events are refused.*?```sql\\s*(UPDATE .*?)```");
    private static final Map<String, String> BREAKER_OFF = Map.of("ROWCAST_DELIVERY_FLOOD_LIMIT", "0");

    /// Lets the sources pass the unreadable records, and updates the rows that changed in the meantime.
    ///
    /// @param repaired ends of the topics when the setup was correct again
    void execute(Map<TopicPartition, Long> repaired, CommittedOffsets offsets)
            throws InterruptedException, Retry.TimedOut {
        restartAll(BREAKER_OFF);
        Retry.untilNone("the sources have not passed the unreadable records", () -> {
            Map<String, Long> behind = offsets.behind(chaos.system().manifests().sources(), repaired);
            behind.values().removeIf(left -> left <= 0);
            return Optional.of(behind).filter(left -> !left.isEmpty()).map(Map::toString);
        });
        String statements = statements();
        Retry.until("the rows cannot be updated", () -> {
            try (var connection = DriverManager.getConnection(chaos.jdbc());
                    var statement = connection.createStatement()) {
                return statement.execute(statements);
            }
        });
        restartAll(Map.of());
    }

    private void restartAll(Map<String, String> variables) {
        chaos.system().activators().values().forEach(activator -> {
            activator.setEnvironment(variables);
            activator.status().pid().stream()
                    .mapToObj(ProcessHandle::of)
                    .forEach(process -> process.ifPresent(alive -> StationProcess.send(alive, Signal.TERM)));
        });
    }

    private String statements() {
        try {
            String document = Files.readString(chaos.checkout().resolve("docs/cluster.md"));
            Matcher found = STATEMENTS.matcher(document);
            if (!found.find()) {
                throw new IllegalStateException("docs/cluster.md contains no statements for this case");
            }
            // The statements are indented because they belong to a list item.
            return found.group(1).stripIndent();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
