package dev.rowcast.proof.fuzz;

import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.proof.fuzz.corpus.Recording;
import dev.rowcast.proof.fuzz.input.Input;
import dev.rowcast.proof.fuzz.input.InputDraft;
import dev.rowcast.proof.fuzz.mutation.Mutations;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Creates the inputs of a run. Seed and number determine an input. Thread safe.
public final class FuzzInputs {

    private static final long STRIDE = 0xBF58476D1CE4E5B9L;

    private final List<Recording> recordings;
    private final FuzzPlan plan;
    private final long start;
    private final AtomicLong next = new AtomicLong();

    /// @param corpus the recordings that the inputs are made from
    public FuzzInputs(Corpus corpus, FuzzPlan plan) {
        this.recordings = corpus.recordings();
        this.plan = plan;
        this.start = new SplittableRandom(plan.seed()).nextLong();
    }

    /// {@return the next input; empty after the last one of the plan}
    public Optional<Input> next() {
        long number = next.getAndIncrement();
        if (number >= plan.inputs()) {
            return Optional.empty();
        }
        plan.report(number);
        return Optional.of(at(number));
    }

    /// {@return the input with this number, which may be beyond the plan}
    public Input at(long number) {
        RandomGenerator random = new SplittableRandom(start + number * STRIDE);
        InputDraft draft = recordings.get(random.nextInt(recordings.size())).request(number);
        Mutations.apply(draft, random);
        return draft.toInput(plan.seed(), number);
    }
}
