package dev.rowcast.proof.chaos.fight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final RateLimiter gate = new RateLimiter(1);

    @Test
    void nobodyEntersUntilThereIsARate() {
        CompletableFuture<Boolean> entered = enter();
        assertThat(entered).isNotDone();

        gate.setRate(1_000);

        assertThat(entered.join()).isTrue();
    }

    @Test
    void restWaitsForThoseInside() {
        gate.setRate(1_000);
        enter().join();
        CountDownLatch atRest = new CountDownLatch(1);
        Thread resting = Thread.ofVirtual().start(() -> {
            try {
                gate.rest();
                atRest.countDown();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });

        await().until(() -> resting.getState() == Thread.State.WAITING);
        assertThat(atRest.getCount()).isEqualTo(1);
        gate.leave();

        await().until(() -> atRest.getCount() == 0);
    }

    @Test
    void closedGateSendsClientsHome() {
        CompletableFuture<Boolean> entered = enter();

        gate.close();

        assertThat(entered.join()).isFalse();
    }

    private CompletableFuture<Boolean> enter() {
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                entered.complete(gate.enter(new SplittableRandom(1)));
            } catch (InterruptedException interrupted) {
                entered.completeExceptionally(interrupted);
            }
        });
        return entered;
    }
}
