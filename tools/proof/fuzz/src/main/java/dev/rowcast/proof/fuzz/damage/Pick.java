package dev.rowcast.proof.fuzz.damage;

import java.util.List;
import java.util.random.RandomGenerator;

/// Chance among things.
final class Pick {

    private Pick() {}

    static <T> T one(List<T> things, RandomGenerator random) {
        return things.get(random.nextInt(things.size()));
    }
}
