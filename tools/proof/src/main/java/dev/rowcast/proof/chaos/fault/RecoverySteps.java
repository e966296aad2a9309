package dev.rowcast.proof.chaos.fault;

import dev.rowcast.proof.chaos.system.ChaosSystem;
import dev.rowcast.proof.chaos.system.CommittedOffsets;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/// Somebody who reads docs/cluster.md, "When most events are refused", and does what it says, word for word.
final class RecoverySteps {

    private static final Pattern STATEMENTS =
            Pattern.compile("(?s)## When most events are refused.*?```\\s*(UPDATE .*?)```");
    private static final Map<String, String> BREAKER_OFF = Map.of("ROWCAST_DELIVERY_FLOOD_LIMIT", "0");

    private final ChaosSystem chaos;

    RecoverySteps(ChaosSystem chaos) {
        this.chaos = chaos;
    }

    /// Gets past what can never be read, and has the rows of that time say again what they are.
    ///
    /// @param mended where the topics ended when the setup was right again
    void getPast(Map<TopicPartition, Long> mended, CommittedOffsets offsets) throws InterruptedException, Retry.Over {
        restartAll(BREAKER_OFF);
        Retry.untilNone("the sources have not got past what cannot be read", () -> {
            Map<String, Long> behind = offsets.behind(chaos.system().manifests().sources(), mended);
            behind.values().removeIf(left -> left <= 0);
            return Optional.of(behind).filter(left -> !left.isEmpty()).map(Map::toString);
        });
        String statements = statements();
        Retry.until("the rows cannot say again what they are", () -> {
            try (Connection connection = DriverManager.getConnection(chaos.jdbc());
                    Statement statement = connection.createStatement()) {
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
                throw new IllegalStateException("docs/cluster.md does not say which statements to run");
            }
            // The list item that it belongs to indents it.
            return found.group(1).stripIndent();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
