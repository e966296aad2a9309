package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;

/// A start after an end that nobody prepared.
final class Restart {

    private Restart() {}

    /// Kills a station and starts it again: it is another process at the same address.
    static void afterAKill(Station station) {
        String address = station.address();
        long pid = station.pid();

        station.kill();
        assertThat(station.running()).isFalse();
        station.start();

        assertThat(station.pid()).isNotEqualTo(pid);
        assertThat(station.address()).isEqualTo(address);
    }
}
