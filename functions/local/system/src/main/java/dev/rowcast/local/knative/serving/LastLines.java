package dev.rowcast.local.knative.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/// Copies what a process prints to a file and remembers the last lines.
final class LastLines {

    private static final int KEPT = 25;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread copier;

    /// Begins to copy; ends with the stream.
    ///
    /// @param file appended to, made with its folders when it is not there
    LastLines(InputStream printed, Path file, String name) {
        copier = Thread.ofVirtual().name("log-" + name).start(() -> copy(printed, file));
    }

    /// The last lines, oldest first.
    String text() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /// Waits until all that was printed is here. Call it when the process has ended.
    void await() throws InterruptedException {
        copier.join(1_000);
    }

    private void copy(InputStream printed, Path file) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
                Writer out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.write('\n');
                out.flush();
                remember(line);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void remember(String line) {
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }
}
