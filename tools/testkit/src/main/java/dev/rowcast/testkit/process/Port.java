package dev.rowcast.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Ports of 127.0.0.1.
public final class Port {
    private Port() {}

    /// {@return the given port, or a port that is free now}
    ///
    /// @param port a port, or 0 for any free port
    public static int choose(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new StationFailure("No free port on 127.0.0.1", failure);
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
