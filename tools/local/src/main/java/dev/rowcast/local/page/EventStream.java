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

/// One browser that looks. Messages wait for it in a bounded queue, so that whoever writes them never waits: when the
/// browser is too slow the stream ends, and it comes back to a fresh start by itself.
final class EventStream implements PageFeed.Viewer {

    private static final int MOST_WAITING = 256;
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public void message(String name, String data) {
        if (!waiting.offer("event: " + name + "\ndata: " + data + "\n\n")) {
            end();
        }
    }

    /// Ends the stream after the message that is being written.
    void end() {
        ended.set(true);
        waiting.clear();
        waiting.offer("");
    }

    /// Writes messages until the stream ends. A comment now and then finds out that nobody reads any more.
    ///
    /// @throws IOException when the browser is gone
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        while (!ended.get()) {
            String message = waiting.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            out.write((message == null ? ": beat\n\n" : message).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
