package dev.rowcast.replay.letter;

import dev.rowcast.replay.Misuse;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a letter lies in its topic, written as `PARTITION/OFFSET`.
public record LetterId(int partition, long offset) implements Comparable<LetterId> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})/(\\d{1,18})");
    private static final Comparator<LetterId> ORDER =
            Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

    /// Reads it.
    ///
    /// @throws Misuse when the text is none
    public static LetterId of(String text) {
        Matcher id = SHAPE.matcher(text);
        if (!id.matches()) {
            throw new Misuse(text + " is no letter: give PARTITION/OFFSET, as the list shows it");
        }
        return new LetterId(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)));
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "/" + offset;
    }
}
