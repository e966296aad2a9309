package dev.rowcast.replay.output;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows the progress of a command on the error stream: a bar with rate and time left on a terminal,
/// otherwise a plain line every few seconds. Thread safe.
public final class ProgressDisplay implements AutoCloseable {

    private static final int WIDTH = 100;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final String unit;
    private final long total;
    private final Optional<ProgressBar> bar;
    private final long begun = System.nanoTime();
    private long lastLine = begun;
    private long done;
    private boolean closed;

    /// @param unit of the counts, such as `records`
    public ProgressDisplay(String unit, long total) {
        this.unit = unit;
        this.total = total;
        this.bar = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(_ -> new ProgressBarBuilder()
                        .setTaskName("")
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" " + unit, 1)
                        .showSpeed()
                        .setUpdateIntervalMillis(200)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build());
    }

    /// Adds to the count of what is done.
    public synchronized void step(long more) {
        done += more;
        bar.ifPresentOrElse(shown -> shown.stepBy(more), this::lineWhenDue);
    }

    /// Prints a line, above the bar if there is one.
    public synchronized void line(String text) {
        bar.ifPresent(_ -> System.err.print("\r\u001b[K"));
        System.err.println(text);
        System.err.flush();
    }

    @Override
    public synchronized void close() {
        bar.filter(_ -> !closed).ifPresent(ProgressBar::close);
        closed = true;
    }

    private void lineWhenDue() {
        long now = System.nanoTime();
        if (now - lastLine >= LINE_EVERY_NANOS) {
            lastLine = now;
            line(text(unit, done, total, (now - begun) / 1e9));
        }
    }

    /// {@return text such as `400 of 1000 records, 80/s, 8 s left`}
    static String text(String unit, long done, long total, double seconds) {
        double rate = done / Math.max(seconds, 1e-3);
        String left = rate >= 1 ? ", %.0f s left".formatted((total - done) / rate) : "";
        return String.format(Locale.ROOT, "%d of %d %s, %.0f/s%s", done, total, unit, rate, left);
    }
}
