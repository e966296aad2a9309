package dev.rowcast.local.page;

import dev.rowcast.local.page.feed.PageFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The event stream of one browser. A bounded queue holds the messages, so that their sender never waits:
/// when the browser is too slow the stream ends, and the browser reconnects by itself.
final class EventStream implements PageFeed.Viewer {

    private static final int MOST_WAITING = 256;
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public void message(String name, String data) {
        if (!waiting.offer("event: " + name + "\ndata: " + data + "\n\n")) {
            end();
        }
    }

    /// Ends the stream after the message in progress.
    void end() {
        ended.set(true);
        waiting.clear();
        waiting.offer("");
    }

    /// Writes messages until the stream ends. A periodic `beat` detects a closed connection here, and in
    /// the browser a server that is gone.
    ///
    /// @throws IOException when the browser has disconnected
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        while (!ended.get()) {
            String message = waiting.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            out.write((message == null ? "event: beat\ndata: {}\n\n" : message).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
