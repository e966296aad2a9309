package dev.rowcast.proof.chaos.fight;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/// One connection of a client, which reconnects after Postgres stopped. One thread at a time.
final class FightSession implements AutoCloseable {

    private static final Duration BEFORE_A_RECONNECT = Duration.ofMillis(200);

    /// The statements of a transaction.
    @FunctionalInterface
    interface Work {
        /// Executes the statements.
        ///
        /// @return true to commit, false to roll back
        boolean in(FightTransaction rows) throws SQLException, InterruptedException;
    }

    private final String uri;
    private final int isolation;
    private final SplittableRandom random;
    private final FightCounters counters;
    private Optional<Connection> connection = Optional.empty();

    /// @param isolation a constant of [Connection]
    FightSession(String uri, int isolation, SplittableRandom random, FightCounters counters) {
        this.uri = uri;
        this.isolation = isolation;
        this.random = random;
        this.counters = counters;
    }

    /// Runs a transaction and counts its outcome.
    TransactionOutcome transact(Work work) throws InterruptedException {
        List<String> changed = List.of();
        TransactionOutcome outcome;
        try {
            Connection open = open();
            FightTransaction rows = new FightTransaction(open, random, new TreeSet<>());
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
        counters.ended(outcome, changed);
        if (outcome == TransactionOutcome.DISCONNECTED) {
            Thread.sleep(BEFORE_A_RECONNECT);
        }
        return outcome;
    }

    /// Connects if necessary.
    ///
    /// @return the id of the server process of this session; empty while Postgres is down
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
            Connection opened = DriverManager.getConnection(uri + "&ApplicationName=rowcast-fight&socketTimeout=30");
            connection = Optional.of(opened);
            opened.setAutoCommit(false);
            opened.setTransactionIsolation(isolation);
            try (Statement statement = opened.createStatement()) {
                // No client holds its locks for long, so a longer wait is an error.
                statement.execute("SET lock_timeout = '20s'");
            }
            opened.commit();
        }
        return connection.get();
    }

    private TransactionOutcome ended(SQLException error) {
        Optional<TransactionOutcome> known = TransactionOutcome.of(error);
        if (known.isEmpty()) {
            counters.unexpected("a client of the fight got " + error.getSQLState() + ": " + error.getMessage());
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
            if (TransactionOutcome.of(broken).isEmpty()) {
                counters.unexpected("a client of the fight cannot close its connection: " + broken.getMessage());
            }
        } finally {
            connection = Optional.empty();
        }
    }
}
