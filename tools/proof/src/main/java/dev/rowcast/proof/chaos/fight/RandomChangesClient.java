package dev.rowcast.proof.chaos.fight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Changes keys that other clients change at the same time, with every statement of SQL. Its transactions
/// stay open for some milliseconds, so that others conflict with them.
record RandomChangesClient(FightSession session, SplittableRandom random) implements FightClient {

    private static final List<String> KEYS =
            IntStream.range(0, 8).mapToObj(n -> Fight.KEY + n).toList();
    private static final List<String> COPIED =
            IntStream.range(0, 20).mapToObj(n -> Fight.KEY + "COPY-" + n).toList();
    private static final int LONGEST_MILLIS = 40;

    @Override
    public void act() throws InterruptedException {
        session.transact(rows -> {
            boolean wanted = change(rows);
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            return wanted;
        });
    }

    /// {@return true to commit}
    private boolean change(FightTransaction rows) throws SQLException, InterruptedException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> rows.insert(key());
            case 4, 5 -> rows.upsert(key());
            case 6, 7 -> rows.update(key());
            case 8, 9, 10, 11 -> rows.delete(key());
            case 12, 13 -> rows.rename(key(), key());
            case 14 -> rollBackToSavepoint(rows);
            case 15, 16 -> changeOneKeyRepeatedly(rows);
            case 17 -> changeKeysInRandomOrder(rows);
            case 18 -> copy(rows);
            default -> {
                changeKeysInRandomOrder(rows);
                return false;
            }
        }
        return true;
    }

    private void rollBackToSavepoint(FightTransaction rows) throws SQLException {
        rows.upsert(key());
        FightTransaction.Point point = rows.savepoint();
        rows.delete(key());
        rows.upsert(key());
        rows.rollBackTo(point);
        rows.update(key());
    }

    private void changeOneKeyRepeatedly(FightTransaction rows) throws SQLException {
        String key = key();
        rows.upsert(key);
        rows.update(key);
        rows.delete(key);
        rows.insert(key);
        if (random.nextBoolean()) {
            rows.delete(key);
        }
    }

    /// Two clients that do this at the same time can deadlock.
    private void changeKeysInRandomOrder(FightTransaction rows) throws SQLException, InterruptedException {
        List<String> keys = new ArrayList<>(KEYS);
        Collections.shuffle(keys, new Random(random.nextLong()));
        for (String key : keys.subList(0, 3)) {
            if (random.nextBoolean()) {
                rows.upsert(key);
            } else {
                rows.delete(key);
            }
            Thread.sleep(random.nextInt(5));
        }
    }

    private void copy(FightTransaction rows) throws SQLException {
        List<String> keys = new ArrayList<>(COPIED);
        keys.add(key());
        rows.delete(keys);
        rows.copy(keys);
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    @Override
    public void close() {
        session.close();
    }
}
