package dev.rowcast.endpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget room = new MemoryBudget(100);

    @Test
    void eventsFindRoomUntilItIsFullAndAgainWhenOneHasLeft() {
        MemoryBudget.Reservation first = reserved(60);

        assertThat(room.reserve().resize(41)).isFalse();
        assertThat(room.reserve().resize(40)).isTrue();
        first.release();
        assertThat(room.reserve().resize(60)).isTrue();
    }

    @Test
    void eventThatIsAloneFindsRoomHoweverLarge() {
        MemoryBudget.Reservation large = reserved(1_000);

        assertThat(room.reserve().resize(1)).isFalse();
        assertThat(large.resize(2_000)).isTrue();
        large.release();
        assertThat(room.reserve().resize(100)).isTrue();
    }

    @Test
    void eventThatTurnsOutLargerThanThereIsRoomKeepsWhatItHad() {
        reserved(50);
        MemoryBudget.Reservation growing = reserved(10);

        assertThat(growing.resize(51)).isFalse();
        growing.release();

        assertThat(room.reserve().resize(50)).isTrue();
    }

    @Test
    void eventThatTurnsOutSmallerMakesRoom() {
        MemoryBudget.Reservation shrinking = reserved(100);

        assertThat(shrinking.resize(10)).isTrue();

        assertThat(room.reserve().resize(90)).isTrue();
    }

    @Test
    void placeIsLeftOnceHoweverOftenItIsSaid() {
        MemoryBudget.Reservation twice = room.reserve();
        twice.resize(60);
        twice.release();
        twice.release();

        assertThat(twice.resize(1)).isFalse();
        assertThat(room.reserve().resize(100)).isTrue();
        assertThat(room.reserve().resize(1)).isFalse();
    }

    @Test
    void manySmallValuesCountForMoreThanTheirBytes() {
        assertThat(Footprint.of(Buffer.buffer("x".repeat(300)))).isEqualTo(1_800);
        assertThat(Footprint.of(Buffer.buffer("{},".repeat(100)))).isEqualTo(1_800 + 200 * 50);
    }

    private MemoryBudget.Reservation reserved(int bytes) {
        MemoryBudget.Reservation reservation = room.reserve();
        assertThat(reservation.resize(bytes)).isTrue();
        return reservation;
    }
}
