package dev.rowcast.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortTest {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void noOutgoingConnectionCanTakeAChosenPort() throws IOException {
        assumeThat(RANGE)
                .as("the range of outgoing connections, which Linux has")
                .exists();
        try (Scanner range = new Scanner(RANGE, StandardCharsets.US_ASCII)) {
            int lowest = range.nextInt();

            assertThat(IntStream.range(0, 50).map(_ -> Port.choose(0))).allMatch(port -> port < lowest);
        }
    }

    @Test
    void chosenPortCanBeBound() throws IOException {
        try (ServerSocket socket = new ServerSocket(Port.choose(0), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertThat(Port.isListening(socket.getLocalPort())).isTrue();
        }
    }

    @Test
    void givenPortIsKept() {
        assertThat(Port.choose(5432)).isEqualTo(5432);
    }
}
