package dev.rowcast.proof.chaos.fight;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Two sessions whose changes have LSNs in the reverse order of their commits:
///
/// ```
///   holder   BEGIN  upsert k ............................ remove k  COMMIT
///   waiter                    BEGIN  insert k (waits) ...................... COMMIT
/// ```
///
/// Postgres logs the waiter's row before it waits, so the insert that commits last has a lower LSN than the
/// removal before it. The row exists in the end. No other client changes these keys, so no later change
/// hides a wrong order.
///
/// @param number part of the client's keys
record BlockedInsertClient(
        int number, FightSession holder, FightSession waiter, SplittableRandom random, FightCounters counters)
        implements FightClient {

    private static final Duration BLOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final int KEYS = 10;

    @Override
    public void act() throws InterruptedException {
        String key = Fight.KEY + "DUEL-" + number + "-" + random.nextInt(KEYS);
        boolean copies = random.nextInt(4) == 0;
        int removal = random.nextInt(3);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Optional<Integer> backend = waiter.backend();
        Thread thread = Thread.ofVirtual().name("waiter").start(() -> insert(key, copies, go, ended));
        try {
            holder.transact(rows -> {
                if (removal == 0) {
                    rows.delete(away(key));
                }
                rows.upsert(key);
                go.countDown();
                if (backend.isPresent() && waits(rows, backend.get(), ended)) {
                    counters.blocked();
                }
                remove(rows, key, removal);
                return true;
            });
        } finally {
            go.countDown();
            thread.join();
        }
    }

    private void insert(String key, boolean copies, CountDownLatch go, CountDownLatch ended) {
        try {
            go.await();
            waiter.transact(rows -> {
                if (copies) {
                    rows.delete(key + "-BESIDE");
                    rows.copy(List.of(key, key + "-BESIDE"));
                } else {
                    rows.insert(key);
                }
                return true;
            });
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /// Waits until the waiter is blocked by this transaction.
    ///
    /// @return false when the waiter ended without being blocked, or after the timeout
    private static boolean waits(FightTransaction rows, int backend, CountDownLatch ended)
            throws SQLException, InterruptedException {
        long until = System.nanoTime() + BLOCK_TIMEOUT.toNanos();
        while (System.nanoTime() < until) {
            if (rows.blocks(backend)) {
                return true;
            }
            if (ended.await(1, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private static void remove(FightTransaction rows, String key, int removal) throws SQLException {
        switch (removal) {
            case 0 -> rows.rename(key, away(key));
            case 1 -> {
                FightTransaction.Point point = rows.savepoint();
                rows.update(key);
                rows.rollBackTo(point);
                rows.delete(key);
            }
            default -> {
                rows.update(key);
                rows.delete(key);
            }
        }
    }

    private static String away(String key) {
        return key + "-AWAY";
    }

    @Override
    public void close() {
        holder.close();
        waiter.close();
    }
}
