package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// A random change of a request.
@FunctionalInterface
interface Mutation {

    /// Changes the draft. `random` is the only source of chance.
    void apply(InputDraft draft, RandomGenerator random);
}
