package dev.rowcast.proof.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Updates the customers `FLOW-1` to `FLOW-20` one after the other until it is ended. The statement uses no
/// column that a test removes.
final class ConstantUpdates {

    static final int CUSTOMERS = 20;

    private static final long PAUSE_MILLIS = 40;

    private final String jdbc;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("row-flow").unstarted(this::run);
    private volatile Optional<SQLException> failure = Optional.empty();

    private ConstantUpdates(String jdbc) {
        this.jdbc = jdbc;
    }

    static ConstantUpdates of(String jdbc) {
        ConstantUpdates flow = new ConstantUpdates(jdbc);
        flow.thread.start();
        return flow;
    }

    private void run() {
        try (Connection connection = DriverManager.getConnection(jdbc);
                PreparedStatement change = connection.prepareStatement("UPDATE person_churn_history"
                        + " SET monthlycharges = ?, contract = ? WHERE customerid = 'FLOW-' || ?")) {
            for (int made = 0; !ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); made++) {
                change.setInt(1, 20 + made % 100);
                change.setString(2, made % 3 == 0 ? "Two year" : "Month-to-month");
                change.setInt(3, 1 + made % CUSTOMERS);
                if (change.executeUpdate() != 1) {
                    throw new SQLException("there is no customer FLOW-" + (1 + made % CUSTOMERS));
                }
            }
        } catch (SQLException broken) {
            failure = Optional.of(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the updates, and fails when one of them failed.
    void end() throws SQLException, InterruptedException {
        ended.countDown();
        thread.join();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
