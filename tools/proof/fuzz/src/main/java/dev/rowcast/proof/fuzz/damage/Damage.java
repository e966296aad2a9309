package dev.rowcast.proof.fuzz.damage;

import dev.rowcast.proof.fuzz.input.Draft;
import java.util.random.RandomGenerator;

/// Something that is done to a request.
@FunctionalInterface
interface Damage {

    /// Does it. All chance comes from `random`.
    void inflict(Draft draft, RandomGenerator random);
}
