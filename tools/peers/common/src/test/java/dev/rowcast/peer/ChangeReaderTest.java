package dev.rowcast.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {

    @Test
    void updateHasRowPreviousAndPosition() {
        PeerChange change = read("""
                {"before": {"customerid": "a", "tenure": 1}, "after": {"customerid": "a", "tenure": 2},
                 "source": {"ts_ms": 5, "lsn": 30, "sequence": "[\\"20\\",\\"30\\"]"}, "op": "u"}""");

        assertThat(change.key()).isEqualTo("a");
        assertThat(change.commit()).isEqualTo(20);
        assertThat(change.lsn()).isEqualTo(30);
        assertThat(change.millis()).isEqualTo(5);
        assertThat(change.row().path("tenure").asInt()).isEqualTo(2);
        assertThat(change.previous()).isEqualTo("{\"customerid\":\"a\",\"tenure\":1}");
        assertThat(change.isDelete()).isFalse();
    }

    @Test
    void deleteHasTheRowBefore() {
        PeerChange change = read("""
                {"before": {"customerid": "a", "tenure": 1}, "after": null,
                 "source": {"ts_ms": 5, "lsn": 30, "sequence": "[null,\\"30\\"]"}, "op": "d"}""");

        assertThat(change.isDelete()).isTrue();
        assertThat(change.key()).isEqualTo("a");
        assertThat(change.commit()).isZero();
    }

    @Test
    void positionsOrderByCommitBeforeLsn() {
        PeerChange first = read("""
                {"after": {"customerid": "a"}, "source": {"lsn": 40, "sequence": "[\\"20\\",\\"40\\"]"}, "op": "c"}""");
        PeerChange second = read("""
                {"after": {"customerid": "a"}, "source": {"lsn": 35, "sequence": "[\\"30\\",\\"35\\"]"}, "op": "u"}""");

        assertThat(PeerChange.BY_POSITION.compare(first, second)).isNegative();
    }

    @Test
    void tombstoneAndHeartbeatAreNoChanges() {
        assertThat(ChangeReader.read(null)).isEmpty();
        assertThat(ChangeReader.read("{\"ts_ms\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static PeerChange read(String event) {
        return ChangeReader.read(event.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
