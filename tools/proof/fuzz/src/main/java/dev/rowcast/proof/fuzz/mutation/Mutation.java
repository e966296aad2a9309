package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// Something that is done to a request.
@FunctionalInterface
interface Mutation {

    /// Does it. All chance comes from `random`.
    void inflict(InputDraft draft, RandomGenerator random);
}
