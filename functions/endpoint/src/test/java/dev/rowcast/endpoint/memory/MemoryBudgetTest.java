package dev.rowcast.endpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget room = new MemoryBudget(100);

    @Test
    void eventsFindRoomUntilItIsFullAndAgainWhenOneHasLeft() {
        MemoryBudget.Place first = room.place();

        assertThat(first.resize(60)).isTrue();
        assertThat(room.place().resize(41)).isFalse();
        assertThat(room.place().resize(40)).isTrue();
        first.leave();
        assertThat(room.place().resize(60)).isTrue();
    }

    @Test
    void eventThatIsAloneFindsRoomHoweverLarge() {
        MemoryBudget.Place large = room.place();

        assertThat(large.resize(1_000)).isTrue();
        assertThat(room.place().resize(1)).isFalse();
        assertThat(large.resize(2_000)).isTrue();
        large.leave();
        assertThat(room.place().resize(100)).isTrue();
    }

    @Test
    void eventThatTurnsOutLargerThanThereIsRoomKeepsWhatItHad() {
        assertThat(room.place().resize(50)).isTrue();
        MemoryBudget.Place growing = room.place();
        assertThat(growing.resize(10)).isTrue();

        assertThat(growing.resize(51)).isFalse();
        growing.leave();

        assertThat(room.place().resize(50)).isTrue();
    }

    @Test
    void eventThatTurnsOutSmallerMakesRoom() {
        MemoryBudget.Place shrinking = room.place();
        assertThat(shrinking.resize(100)).isTrue();

        assertThat(shrinking.resize(10)).isTrue();

        assertThat(room.place().resize(90)).isTrue();
    }

    @Test
    void placeIsLeftOnceHoweverOftenItIsSaid() {
        MemoryBudget.Place twice = room.place();
        twice.resize(60);
        twice.leave();
        twice.leave();

        assertThat(twice.resize(1)).isFalse();
        assertThat(room.place().resize(100)).isTrue();
        assertThat(room.place().resize(1)).isFalse();
    }

    @Test
    void manySmallValuesCountForMoreThanTheirBytes() {
        assertThat(Footprint.of(Buffer.buffer("x".repeat(300)))).isEqualTo(1_800);
        assertThat(Footprint.of(Buffer.buffer("{},".repeat(100)))).isEqualTo(1_800 + 200 * 50);
    }
}
