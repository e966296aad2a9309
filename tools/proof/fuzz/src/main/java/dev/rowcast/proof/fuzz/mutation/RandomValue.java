package dev.rowcast.proof.fuzz.mutation;

import java.util.List;
import java.util.random.RandomGenerator;

/// Chance among things.
final class RandomValue {

    private RandomValue() {}

    static <T> T one(List<T> things, RandomGenerator random) {
        return things.get(random.nextInt(things.size()));
    }
}
