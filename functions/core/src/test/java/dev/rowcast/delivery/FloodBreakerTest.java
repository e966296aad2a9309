package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodBreakerTest {

    private static final int LIMIT = 32;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong();
    private final FloodBreaker breaker = new FloodBreaker(LIMIT, PAUSE, clock::get);

    @Test
    void floodForOneReasonCostsLessThanTheLimitInDeadLetters() {
        handle(1_000);

        assertThat(deadLettersOf(10_000, Reason.NOT_JSON)).isEqualTo(LIMIT - 1);
    }

    @Test
    void instanceThatStartsDuringAFloodCostsHalfAsMany() {
        assertThat(deadLettersOf(10_000, Reason.NOT_JSON)).isEqualTo(FloodBreaker.LIMIT_AT_START - 1);
    }

    @Test
    void rejectionsAtTheSameTimeDoNotPassTogether() throws Exception {
        handle(1);
        try (ExecutorService senders = Executors.newFixedThreadPool(32)) {
            List<Callable<Boolean>> rejections = IntStream.range(0, 5_000)
                    .mapToObj(i -> (Callable<Boolean>) () -> becomesDeadLetter(Reason.NO_ENVELOPE))
                    .toList();
            int letters = 0;
            for (Future<Boolean> letter : senders.invokeAll(rejections)) {
                letters += letter.get() ? 1 : 0;
            }
            assertThat(letters).isEqualTo(LIMIT - 1);
        }
    }

    @ParameterizedTest(name = "{0} % bad events")
    @ValueSource(ints = {1, 5, 30})
    void badEventsAmongGoodOnesCostOneDeliveryEach(int percent) {
        handle(1);
        SplittableRandom random = new SplittableRandom(percent);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < percent) {
                assertThat(becomesDeadLetter(Reason.FEATURE_TYPE)).isTrue();
            } else {
                breaker.onSuccess();
            }
        }
    }

    @Test
    void floodThatSparesAQuarterOfTheEventsIsAFloodToo() {
        handle(1_000);
        int letters = 0;
        for (int i = 0; i < 4_000; i++) {
            if (i % 4 == 0) {
                breaker.onSuccess();
            } else {
                letters += becomesDeadLetter(Reason.NOT_JSON) ? 1 : 0;
            }
        }

        assertThat(letters).isLessThan(2 * LIMIT);
    }

    @Test
    void fewBadEventsInAQuietStreamBecomeDeadLettersAtOnce() {
        for (int i = 0; i < FloodBreaker.LIMIT_AT_START - 1; i++) {
            assertThat(becomesDeadLetter(Reason.NOT_JSON)).isTrue();
            clock.addAndGet(Duration.ofHours(1).toNanos());
        }
        assertThat(breaker.problem()).isEmpty();
    }

    @Test
    void manyReasonsInTurnAreNoFlood() {
        for (int round = 0; round < 100; round++) {
            for (Reason reason : Reason.values()) {
                assertThat(becomesDeadLetter(reason)).isTrue();
            }
        }
    }

    @Test
    void otherRejectionsAreDeadLettersWhileTheFloodIsOn() {
        flood();

        assertThat(becomesDeadLetter(Reason.FEATURE_MISSING)).isTrue();
        assertThat(becomesDeadLetter(Reason.NOT_JSON)).isFalse();
    }

    @Test
    void waitingEventIsToldTheReasonTheCountAndWhatToCheck() {
        flood();

        assertThat(breaker.onRejection(new Rejected(Reason.NOT_JSON, "Struct{after=")))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("not-json", "2 rejections", "Struct{after=", "converter", "transforms", "topics"));
    }

    @Test
    void problemEndsForATryAndComesBackWithTheNextRejection() {
        flood();
        assertThat(breaker.problem()).hasValueSatisfying(why -> assertThat(why).contains("not-json", "converter"));

        clock.addAndGet(PAUSE.toNanos());
        assertThat(breaker.problem()).isEmpty();

        assertThat(becomesDeadLetter(Reason.NOT_JSON)).isFalse();
        assertThat(breaker.problem()).isPresent();
    }

    @Test
    void goodEventsInTheMajorityEndTheFloodForGood() {
        flood();

        handle(LIMIT);

        assertThat(breaker.problem()).isEmpty();
        assertThat(becomesDeadLetter(Reason.NOT_JSON)).isTrue();
    }

    @Test
    void singleGoodEventDoesNotEndTheFlood() {
        flood();

        handle(1);

        assertThat(deadLettersOf(100, Reason.NOT_JSON)).isZero();
    }

    @Test
    void problemIsToldInTheSameWordsWhileItLasts() {
        flood();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            breaker.onRejection(new Rejected(Reason.NOT_JSON, "event " + i));
            told.add(breaker.problem().orElseThrow());
        }

        assertThat(told).containsOnly(told.getFirst());
    }

    @Test
    void limitZeroIsOff() {
        FloodBreaker off = new FloodBreaker(0, PAUSE, clock::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(off.onRejection(new Rejected(Reason.NOT_JSON, "no"))).isEmpty();
        }
        assertThat(off.problem()).isEmpty();
    }

    private void flood() {
        handle(1);
        deadLettersOf(LIMIT, Reason.NOT_JSON);
    }

    private void handle(int events) {
        for (int i = 0; i < events; i++) {
            breaker.onSuccess();
        }
    }

    private int deadLettersOf(int events, Reason reason) {
        return (int) IntStream.range(0, events)
                .filter(i -> becomesDeadLetter(reason))
                .count();
    }

    private boolean becomesDeadLetter(Reason reason) {
        return breaker.onRejection(new Rejected(reason, "no")).isEmpty();
    }
}
