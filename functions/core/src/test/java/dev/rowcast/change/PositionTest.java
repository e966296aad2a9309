package dev.rowcast.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Property
    void versionSortsAsPositionsDo(
            @ForAll @IntRange(max = Position.MAX_EPOCH) int epoch,
            @ForAll @LongRange(max = Position.MAX_LSN) long lsn,
            @ForAll @IntRange(max = Position.MAX_EPOCH) int otherEpoch,
            @ForAll @LongRange(max = Position.MAX_LSN) long otherLsn) {
        Position one = new Position(epoch, lsn);
        Position other = new Position(otherEpoch, otherLsn);

        assertThat(Integer.signum(Long.compare(one.version(), other.version())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Property
    void versionIsNeverNegativeAndLeadsBackToItsPosition(
            @ForAll @IntRange(max = Position.MAX_EPOCH) int epoch,
            @ForAll @LongRange(max = Position.MAX_LSN) long lsn) {
        Position position = new Position(epoch, lsn);

        assertThat(position.version()).isNotNegative();
        assertThat(Position.ofVersion(position.version())).isEqualTo(position);
    }

    @Test
    void higherEpochBeatsAnyLsnOfALowerOne() {
        assertThat(new Position(1, 0)).isGreaterThan(new Position(0, Position.MAX_LSN));
    }

    @Test
    void componentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Position(Position.MAX_EPOCH + 1, 0)).hasMessageContaining("epoch 256");
        assertThatThrownBy(() -> new Position(-1, 0)).hasMessageContaining("epoch -1");
        assertThatThrownBy(() -> new Position(0, Position.MAX_LSN + 1)).hasMessageContaining("lsn");
        assertThatThrownBy(() -> new Position(0, -1)).hasMessageContaining("lsn -1");
    }
}
