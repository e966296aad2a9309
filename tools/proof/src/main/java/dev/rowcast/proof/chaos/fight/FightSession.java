package dev.rowcast.proof.chaos.fight;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;

/// One connection of a client, made anew after Postgres went away. One thread at a time.
final class FightSession implements AutoCloseable {

    private static final Duration BEFORE_A_RECONNECT = Duration.ofMillis(200);

    /// What a client does in a transaction.
    @FunctionalInterface
    interface Work {
        /// Does it.
        ///
        /// @return whether it is to be committed
        boolean in(FightTransaction rows) throws SQLException, InterruptedException;
    }

    private final String uri;
    private final int isolation;
    private final SplittableRandom random;
    private final FightCounters tally;
    private Optional<Connection> connection = Optional.empty();

    /// @param isolation of its transactions, as [Connection] numbers it
    FightSession(String uri, int isolation, SplittableRandom random, FightCounters tally) {
        this.uri = uri;
        this.isolation = isolation;
        this.random = random;
        this.tally = tally;
    }

    /// One transaction, counted as it ends. Postgres may refuse it or be away.
    TransactionOutcome transact(Work work) throws InterruptedException {
        List<String> changed = List.of();
        TransactionOutcome outcome;
        try {
            Connection open = open();
            FightTransaction rows = new FightTransaction(open, random);
            boolean wanted = work.in(rows);
            changed = List.copyOf(rows.changed());
            if (wanted) {
                open.commit();
            } else {
                open.rollback();
            }
            outcome = wanted ? TransactionOutcome.COMMITTED : TransactionOutcome.ROLLED_BACK;
        } catch (SQLException error) {
            outcome = ended(error);
        }
        tally.ended(outcome, changed);
        if (outcome == TransactionOutcome.DISCONNECTED) {
            Thread.sleep(BEFORE_A_RECONNECT);
        }
        return outcome;
    }

    /// The process that serves this session; it connects when it is not connected.
    ///
    /// @return empty while Postgres is away
    Optional<Integer> backend() {
        try {
            return Optional.of(open().unwrap(PGConnection.class).getBackendPID());
        } catch (SQLException error) {
            ended(error);
            return Optional.empty();
        }
    }

    private Connection open() throws SQLException {
        if (connection.isEmpty()) {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "rowcast-fight");
            properties.setProperty("socketTimeout", "30");
            Connection made = DriverManager.getConnection(uri, properties);
            connection = Optional.of(made);
            made.setAutoCommit(false);
            made.setTransactionIsolation(isolation);
            try (Statement statement = made.createStatement()) {
                // No client holds its locks for long: one that waits so long has found a fault.
                statement.execute("SET lock_timeout = '20s'");
            }
            made.commit();
        }
        return connection.get();
    }

    private TransactionOutcome ended(SQLException error) {
        Optional<TransactionOutcome> known = TransactionOutcome.of(error);
        if (known.isEmpty()) {
            tally.unexpected("a client that fights got " + error.getSQLState() + ": " + error.getMessage());
        }
        TransactionOutcome outcome = known.orElse(TransactionOutcome.REFUSED);
        if (outcome == TransactionOutcome.DISCONNECTED || !rolledBack()) {
            close();
        }
        return outcome;
    }

    private boolean rolledBack() {
        try {
            if (connection.isPresent()) {
                connection.get().rollback();
            }
            return true;
        } catch (SQLException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException broken) {
            tally.unexpected("a client that fights cannot close its connection: " + broken.getMessage());
        } finally {
            connection = Optional.empty();
        }
    }
}
