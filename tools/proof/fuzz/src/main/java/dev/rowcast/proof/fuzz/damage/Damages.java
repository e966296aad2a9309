package dev.rowcast.proof.fuzz.damage;

import dev.rowcast.proof.fuzz.input.Draft;
import java.util.random.RandomGenerator;

/// Chooses what happens to an input. About one in five stays a change that can be stored, so that good and bad stand in
/// the same batches.
public final class Damages {

    private static final int OF_A_HUNDRED = 100;
    private static final int HUGE_OF_A_THOUSAND = 1;

    private Damages() {}

    /// Makes the recording another one, and then damages it, or does not.
    public static void inflict(Draft draft, RandomGenerator random) {
        MeaningDamage.renew(draft, random);
        if (random.nextInt(1000) < HUGE_OF_A_THOUSAND) {
            new SizeDamage().inflict(draft, random);
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

    private static Damage chosen(RandomGenerator random) {
        int roll = random.nextInt(OF_A_HUNDRED);
        if (roll < 45) {
            return new JsonDamage();
        }
        if (roll < 62) {
            return new MeaningDamage();
        }
        if (roll < 80) {
            return new ByteDamage();
        }
        return roll < 94 ? new HeaderDamage() : new Noise();
    }
}
