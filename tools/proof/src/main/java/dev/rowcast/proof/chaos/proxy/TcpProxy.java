package dev.rowcast.proof.chaos.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP proxy between a function and a store that can simulate a bad network. It listens on a free port of
/// 127.0.0.1. Thread safe.
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean refusing;

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /// Starts a proxy.
    ///
    /// @param target a port of 127.0.0.1; the store may start later
    public static TcpProxy to(int target) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name("proxy-" + target).start(proxy::accept);
        return proxy;
    }

    /// {@return the port that it listens on}
    public int port() {
        return server.getLocalPort();
    }

    /// Delays each chunk of bytes, in both directions.
    public void slowDown(Duration each) {
        delay = each;
    }

    /// Resets every connection.
    public void cut() {
        open.forEach(TcpProxy::reset);
    }

    /// Resets every connection and refuses new ones.
    ///
    /// @param refuse false to accept connections again
    public void refuse(boolean refuse) {
        refusing = refuse;
        if (refuse) {
            cut();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    reset(client);
                } else {
                    Thread.ofVirtual().name("proxied").start(() -> join(client));
                }
            } catch (IOException lost) {
                // The client closed before accept, or this proxy closed: the loop condition tells which.
            }
        }
    }

    private void join(Socket client) {
        Socket store = new Socket();
        open.add(client);
        open.add(store);
        try {
            client.setTcpNoDelay(true);
            store.setTcpNoDelay(true);
            store.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            Thread back = Thread.ofVirtual().name("proxied-back").start(() -> pass(store, client));
            pass(client, store);
            back.join();
        } catch (IOException storeIsDown) {
            reset(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            reset(client);
            reset(store);
            open.remove(client);
            open.remove(store);
        }
    }

    /// Forwards bytes until one side ends, and then closes the other side.
    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (delay.isPositive()) {
                    Thread.sleep(delay);
                }
                out.write(chunk, 0, read);
            }
        } catch (IOException ended) {
            reset(to);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket socket) {
        try {
            // Linger time 0 sends RST: the other side fails at once and loses bytes in flight.
            socket.setSoLinger(true, 0);
        } catch (SocketException closedBefore) {
            // A closed connection needs no reset.
        } finally {
            close(socket);
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            // The socket is closed anyway.
        }
    }

    @Override
    public void close() {
        close(server);
        cut();
    }
}
