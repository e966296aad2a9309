package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// Chooses what happens to an input. About one in five stays a change that can be stored, so that good and bad stand in
/// the same batches.
public final class Mutations {

    private static final int OF_A_HUNDRED = 100;
    private static final int HUGE_OF_A_THOUSAND = 1;

    private Mutations() {}

    /// Makes the recording another one, and then damages it, or does not.
    public static void inflict(InputDraft draft, RandomGenerator random) {
        EventMutation.renew(draft, random);
        if (random.nextInt(1000) < HUGE_OF_A_THOUSAND) {
            new SizeMutation().inflict(draft, random);
            return;
        }
        int roll = random.nextInt(OF_A_HUNDRED);
        if (roll < 18) {
            return;
        }
        int damages = random.nextInt(4) == 0 ? random.nextInt(2, 5) : 1;
        for (int i = 0; i < damages; i++) {
            chosen(random).inflict(draft, random);
        }
    }

    private static Mutation chosen(RandomGenerator random) {
        int roll = random.nextInt(OF_A_HUNDRED);
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
