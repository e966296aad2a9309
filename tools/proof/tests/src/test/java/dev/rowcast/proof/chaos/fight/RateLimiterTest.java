package dev.rowcast.proof.chaos.fight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final RateLimiter limiter = new RateLimiter();

    @Test
    void clientWaitsUntilThereIsARate() {
        CompletableFuture<Boolean> entered = enter();
        assertThat(entered).isNotDone();

        limiter.setRate(1_000);

        assertThat(entered.join()).isTrue();
    }

    @Test
    void pauseWaitsForRunningTransactions() {
        limiter.setRate(1_000);
        enter().join();
        CountDownLatch paused = new CountDownLatch(1);
        Thread pausing = Thread.ofVirtual().start(() -> {
            try {
                limiter.pause();
                paused.countDown();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });

        await().until(() -> pausing.getState() == Thread.State.WAITING);
        assertThat(paused.getCount()).isEqualTo(1);
        limiter.leave();

        await().until(() -> paused.getCount() == 0);
    }

    @Test
    void closeEndsTheWaitingOfClients() {
        CompletableFuture<Boolean> entered = enter();

        limiter.close();

        assertThat(entered.join()).isFalse();
    }

    private CompletableFuture<Boolean> enter() {
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                entered.complete(limiter.enter(1));
            } catch (InterruptedException interrupted) {
                entered.completeExceptionally(interrupted);
            }
        });
        return entered;
    }
}
