package dev.rowcast.replay.output;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a command is: a bar with rate and time left on a terminal, a plain line now and then elsewhere. Thread safe.
public final class ProgressDisplay implements AutoCloseable {

    private static final int WIDTH = 100;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final PrintStream err;
    private final String what;
    private final long total;
    private final Optional<ProgressBar> bar;
    private final long begun = System.nanoTime();
    private long lastLine = begun;
    private long done;
    private boolean closed;

    private ProgressDisplay(PrintStream err, String what, long total, boolean terminal) {
        this.err = err;
        this.what = what;
        this.total = total;
        this.bar = terminal ? Optional.of(bar(err, what, total)) : Optional.empty();
    }

    /// Begins, on the standard error stream.
    ///
    /// @param what is counted, such as `records`
    /// @param total how many there are
    public static ProgressDisplay begin(String what, long total) {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new ProgressDisplay(System.err, what, total, isTerminal);
    }

    static ProgressDisplay plain(PrintStream err, String what, long total) {
        return new ProgressDisplay(err, what, total, false);
    }

    /// So many more are done.
    public synchronized void step(long more) {
        done += more;
        bar.ifPresentOrElse(shown -> shown.stepBy(more), this::lineWhenDue);
    }

    /// A line for people, above the bar where there is one.
    public synchronized void line(String text) {
        bar.ifPresent(shown -> err.print("\r\u001b[K"));
        err.println(text);
        err.flush();
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
            err.println(text(what, done, total, (now - begun) / 1e9));
            err.flush();
        }
    }

    /// Such as `400 of 1000 records, 80/s, 8 s left`.
    static String text(String what, long done, long total, double seconds) {
        double rate = done / Math.max(seconds, 1e-3);
        String left = rate >= 1 ? ", %.0f s left".formatted((total - done) / rate) : "";
        return String.format(Locale.ROOT, "%d of %d %s, %.0f/s%s", done, total, what, rate, left);
    }

    private static ProgressBar bar(PrintStream err, String what, long total) {
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" " + what, 1)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }
}
