package dev.rowcast.replay.deadletter;

import dev.rowcast.replay.exit.UsageException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The place of a dead letter in its topic, written as `PARTITION/OFFSET`.
public record DeadLetterId(int partition, long offset) implements Comparable<DeadLetterId> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})/(\\d{1,18})");
    private static final Comparator<DeadLetterId> ORDER =
            Comparator.comparingInt(DeadLetterId::partition).thenComparingLong(DeadLetterId::offset);

    /// {@return the id in a text}
    ///
    /// @throws UsageException if the text is no id
    public static DeadLetterId of(String text) {
        Matcher id = SHAPE.matcher(text);
        if (!id.matches()) {
            throw new UsageException(text + " is no dead letter: give PARTITION/OFFSET, as the list shows it");
        }
        return new DeadLetterId(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)));
    }

    @Override
    public int compareTo(DeadLetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "/" + offset;
    }
}
