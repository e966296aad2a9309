package dev.rowcast.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Provide
    Arbitrary<Position> positions() {
        Arbitrary<Long> lsns = Arbitraries.oneOf(
                Arbitraries.longs().between(0, Position.MAX_LSN), Arbitraries.of(0L, 1L, 8L, 16L, Position.MAX_LSN));
        return Combinators.combine(Arbitraries.integers().between(0, Position.MAX_EPOCH), lsns, lsns)
                .as(Position::new);
    }

    /// A store that versions documents by a number relies on this.
    @Property
    void higherVersionIsAlwaysAHigherPosition(@ForAll("positions") Position one, @ForAll("positions") Position other) {
        assertThat(one.version()).isNotNegative();
        if (one.version() > other.version()) {
            assertThat(one).isGreaterThan(other);
        }
        if (one.compareTo(other) > 0) {
            assertThat(one.version()).isGreaterThanOrEqualTo(other.version());
        }
    }

    @Property
    void comparesWithAStoredPositionAsWithAnyOther(
            @ForAll("positions") Position one, @ForAll("positions") Position other) {
        assertThat(Integer.signum(one.compareToStored(other.epoch(), OptionalLong.of(other.commit()), other.lsn())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Test
    void laterCommitBeatsAHigherLsnOfAnEarlierOne() {
        Position delete = new Position(0, 24_000_000, 24_023_640);
        Position insertThatWaitedForIt = new Position(0, 24_024_000, 24_023_128);

        assertThat(insertThatWaitedForIt).isGreaterThan(delete);
        assertThat(insertThatWaitedForIt.version()).isGreaterThan(delete.version());
    }

    @Test
    void lsnOrdersTheChangesOfOneTransaction() {
        assertThat(new Position(0, 100, 208)).isGreaterThan(new Position(0, 100, 200));
    }

    @Test
    void higherEpochBeatsAnyLsnOfALowerOne() {
        assertThat(Position.floor(1)).isGreaterThan(new Position(0, Position.MAX_LSN, Position.MAX_LSN));
    }

    @Test
    void storedPositionWithoutACommitIsOlderThanEveryLaterTransaction() {
        OptionalLong none = OptionalLong.empty();

        assertThat(new Position(0, 80, 100).compareToStored(0, none, 100)).isZero();
        assertThat(new Position(0, 80, 96).compareToStored(0, none, 100)).isNegative();
        assertThat(new Position(0, 80, 108).compareToStored(0, none, 100)).isPositive();
        assertThat(new Position(0, 120, 128).compareToStored(0, none, 100)).isPositive();
        assertThat(new Position(0, 120, 96).compareToStored(0, none, 100)).isPositive();
        assertThat(Position.floor(0).compareToStored(0, none, 0)).isZero();
        assertThat(Position.floor(0).compareToStored(0, none, 100)).isNegative();
        assertThat(Position.floor(1).compareToStored(0, none, 100)).isPositive();
        assertThat(Position.floor(0).compareToStored(0, none, -1)).isPositive();
    }

    @Test
    void componentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Position.floor(Position.MAX_EPOCH + 1)).hasMessageContaining("epoch 256");
        assertThatThrownBy(() -> Position.floor(-1)).hasMessageContaining("epoch -1");
        assertThatThrownBy(() -> new Position(0, Position.MAX_LSN + 1, 0)).hasMessageContaining("commit");
        assertThatThrownBy(() -> new Position(0, -1, 0)).hasMessageContaining("commit -1");
        assertThatThrownBy(() -> new Position(0, 0, Position.MAX_LSN + 1)).hasMessageContaining("lsn");
        assertThatThrownBy(() -> new Position(0, 0, -1)).hasMessageContaining("lsn -1");
    }
}
