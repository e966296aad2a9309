package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// Chooses the mutations of an input. About one input in five stays a change that can be stored, so that
/// batches contain good and bad events.
public final class Mutations {

    private Mutations() {}

    /// Gives the recorded event another key and position, and mutates most of the events.
    public static void apply(InputDraft draft, RandomGenerator random) {
        EventMutation.renew(draft, random);
        if (random.nextInt(1000) < 1) {
            new SizeMutation().apply(draft, random);
            return;
        }
        int roll = random.nextInt(100);
        if (roll < 18) {
            return;
        }
        int mutations = random.nextInt(4) == 0 ? random.nextInt(2, 5) : 1;
        for (int i = 0; i < mutations; i++) {
            chosen(random.nextInt(100)).apply(draft, random);
        }
    }

    private static Mutation chosen(int roll) {
        if (roll < 45) {
            return new JsonMutation();
        }
        if (roll < 62) {
            return new EventMutation();
        }
        if (roll < 80) {
            return new ByteMutation();
        }
        return roll < 94 ? new HeaderMutation() : new RandomBody();
    }
}
