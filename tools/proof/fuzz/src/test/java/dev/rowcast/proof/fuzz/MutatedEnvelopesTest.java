package dev.rowcast.proof.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.proof.fuzz.input.Input;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/// The decoder reads mutated recordings: thousands in `make test`, any number in `make fuzz`.
class MutatedEnvelopesTest {

    private static final FuzzPlan PLAN = FuzzPlan.ofBytes("decoder", 5_000);
    private static final FuzzInputs INPUTS = new FuzzInputs(Corpus.all(), PLAN);

    /// Limits of allocated bytes: a constant for a body of a few kilobytes, and a factor of the size of a
    /// large body.
    private static final long SMALL_BODY = 2_000_000;

    private static final long PER_BYTE = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long changes;
    private static long skipped;
    private static long rejected;

    private final ChangeDecoder decoder = new ChangeDecoder(
            1,
            new KeyColumns(Map.of(
                    "public.person_churn_history", List.of("customerid"),
                    "public.person_churn_history_captured", List.of("customerid"))));

    @Property(generation = GenerationMode.RANDOMIZED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void everyInputIsAChangeOrSkippedOrRejectedWithItsReason(@ForAll("inputs") Input input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Step<Change> decoded = decoder.decode(input.body());
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        switch (decoded) {
            case Step.Next<Change>(Change change) -> {
                changes++;
                assertThat(change.position().epoch()).isEqualTo(1);
                assertThat(change.key().values()).hasSize(1);
            }
            case Step.End<Change>(Skipped nothing) -> {
                skipped++;
                assertThat(nothing.reason()).isIn("tombstone", "heartbeat", "truncate", "message");
            }
            case Step.End<Change>(Rejected why) -> {
                rejected++;
                assertThat(why.message()).isNotBlank().hasSizeLessThanOrEqualTo(Rejected.MAX_MESSAGE);
                assertThat(why.message()).doesNotContainPattern("\\p{Cntrl}");
            }
            case Step.End<Change>(Outcome other) -> throw new AssertionError(other);
        }
        assertThat(allocated).as("bytes allocated").isLessThan(SMALL_BODY + PER_BYTE * input.body().length);
    }

    @Provide
    Arbitrary<Input> inputs() {
        return Arbitraries.create(() -> INPUTS.next().orElseThrow());
    }

    @AfterContainer
    static void everyKindOccurred() {
        if (PLAN.watched()) {
            System.out.printf("fuzz decoder: %,d changes, %,d skipped, %,d rejected%n", changes, skipped, rejected);
        }
        assertThat(changes + skipped + rejected).isEqualTo(PLAN.inputs());
        assertThat(changes).isPositive();
        assertThat(skipped).isPositive();
        assertThat(rejected).isPositive();
    }
}
