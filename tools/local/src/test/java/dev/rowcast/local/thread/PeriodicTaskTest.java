package dev.rowcast.local.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

    @Test
    void stepRunsAgainAfterAFailure() throws InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        try (PeriodicTask _ = PeriodicTask.every(Duration.ofMillis(1), "tested", () -> {
            switch (steps.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("an answer without a state");
                case 2 -> throw new NoClassDefFoundError("gone");
                default -> third.countDown();
            }
        })) {
            assertThat(third.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void blockedStepIsInterrupted() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        PeriodicTask task = PeriodicTask.every(Duration.ofMillis(1), "tested", () -> {
            started.countDown();
            try {
                never.await();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();

        task.cancel();

        assertThat(never.getCount()).isOne();
    }
}
