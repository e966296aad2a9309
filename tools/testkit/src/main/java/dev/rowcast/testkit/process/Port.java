package dev.rowcast.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of 127.0.0.1.
public final class Port {
    /// Linux gives outgoing connections ports from 32,768, so none of them takes the port of a station that starts
    /// later or again.
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    private Port() {}

    /// {@return the given port, or a port that is free now and that no outgoing connection takes}
    ///
    /// @param port a port, or 0 for any free port
    public static int choose(int port) {
        if (port != 0) {
            return port;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int chosen = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (isFree(chosen)) {
                return chosen;
            }
        }
        throw new StationFailure("No free port of 127.0.0.1 among " + ATTEMPTS + " from " + LOWEST + " to " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /// {@return true when a process accepts connections on the port}
    ///
    /// @param port a port of 127.0.0.1
    public static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
