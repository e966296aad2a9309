package dev.rowcast.proof.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = TcpProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void bytesAreForwardedUnchanged() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 1)).isEqualTo(1);
            assertThat(echoed(client, 255)).isEqualTo(255);
        }
    }

    @Test
    void cutResetsOpenConnectionsAndAcceptsNewOnes() throws IOException {
        try (Socket before = connect()) {
            assertThat(echoed(before, 1)).isEqualTo(1);
            proxy.cut();
            assertThatThrownBy(() -> echoed(before, 2)).isInstanceOf(IOException.class);
        }
        try (Socket after = connect()) {
            assertThat(echoed(after, 3)).isEqualTo(3);
        }
    }

    @Test
    void newConnectionsAreRefusedUntilAllowedAgain() throws IOException {
        proxy.refuse(true);
        assertThatThrownBy(() -> {
                    try (Socket refused = connect()) {
                        echoed(refused, 1);
                    }
                })
                .isInstanceOf(IOException.class);
        proxy.refuse(false);
        try (Socket after = connect()) {
            assertThat(echoed(after, 2)).isEqualTo(2);
        }
    }

    @Test
    void slowAnswerTakesTheDelayOfBothDirections() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 1)).isEqualTo(1);
            proxy.slowDown(Duration.ofMillis(60));
            long begun = System.nanoTime();
            assertThat(echoed(client, 2)).isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int echoed(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        int answer = client.getInputStream().read();
        if (answer < 0) {
            throw new IOException("closed");
        }
        return answer;
    }

    /// Sends what one client sends back to it, while another thread waits for the next client.
    private void serve() {
        try (Socket client = echo.accept()) {
            Thread.ofVirtual().start(this::serve);
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // The test has ended, or the reset is part of it.
        }
    }
}
