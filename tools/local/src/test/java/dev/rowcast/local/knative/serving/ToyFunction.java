package dev.rowcast.local.knative.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A small function that runs as a process. It answers with its process id and the highest number of
/// concurrent requests so far. Environment variables set its behaviour:
///
///     BROKEN_WHILE   a file; while it exists the process ends at once
///     START_MILLIS   time until it is ready
///     HUNG_WHILE     a file; while it exists the liveness probe gets no answer
///     DEAF           it ignores SIGTERM
///     ABRUPT         it ends at SIGTERM without answering its requests
final class ToyFunction {

    private static final AtomicInteger UNANSWERED = new AtomicInteger();
    private static final AtomicInteger ACTIVE = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    private ToyFunction() {}

    public static void main(String[] arguments) throws Exception {
        if (Files.exists(Path.of(System.getenv().getOrDefault("BROKEN_WHILE", "/nowhere/at/all")))) {
            System.out.println("toy: there is no model");
            System.exit(3);
        }
        pause(Long.parseLong(System.getenv().getOrDefault("START_MILLIS", "0")));
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ready", exchange -> answer(exchange, "yes"));
        server.createContext("/live", ToyFunction::live);
        server.createContext("/", ToyFunction::work);
        Runtime.getRuntime().addShutdownHook(new Thread(ToyFunction::finish));
        server.start();
    }

    /// Hangs once the file that `HUNG_WHILE` names exists.
    private static void live(HttpExchange exchange) throws IOException {
        if (!Files.exists(Path.of(System.getenv().getOrDefault("HUNG_WHILE", "/nowhere/at/all")))) {
            answer(exchange, "yes");
        }
    }

    private static void work(HttpExchange exchange) throws IOException {
        UNANSWERED.incrementAndGet();
        MOST.accumulateAndGet(ACTIVE.incrementAndGet(), Math::max);
        try {
            pause(Long.parseLong(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        ACTIVE.decrementAndGet();
        answer(exchange, ProcessHandle.current().pid() + " " + MOST.get());
        UNANSWERED.decrementAndGet();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void pause(long millis) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private static void finish() {
        if (System.getenv("ABRUPT") != null) {
            Runtime.getRuntime().halt(128 + 15);
        }
        try {
            while (UNANSWERED.get() > 0 || System.getenv("DEAF") != null) {
                pause(5);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
