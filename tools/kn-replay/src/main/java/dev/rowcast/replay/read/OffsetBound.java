package dev.rowcast.replay.read;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.TypeConversionException;

/// The begin or the end of the records to read, in each partition.
public sealed interface OffsetBound {

    /// The first record that the topic still holds.
    record Earliest() implements OffsetBound {}

    /// After the last record that the topic holds now.
    record Latest() implements OffsetBound {}

    /// An offset.
    record Offset(long offset) implements OffsetBound {}

    /// The first record that is not older than a time.
    record Time(Instant time) implements OffsetBound {}

    /// {@return the bound that a text describes}
    ///
    /// @param text `earliest`, `latest`, an offset such as `1200`, a time such as `2026-11-25T10:00:00Z`,
    ///     or an age such as `90s`, `15m`, `2h` or `7d`
    static OffsetBound parse(String text, Instant now) {
        if (text.equals("earliest")) {
            return new Earliest();
        }
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.matches("\\d{1,18}")) {
            return new Offset(Long.parseLong(text));
        }
        if (text.matches("\\d{1,9}[smhd]")) {
            return new Time(now.minus(Duration.parse((text.endsWith("d") ? "P" : "PT") + text)));
        }
        try {
            return new Time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException noTime) {
            throw new TypeConversionException("'" + text + "' is no bound: give earliest, latest, an offset,"
                    + " a time with its zone such as 2026-11-25T10:00:00Z, or an age such as 15m, 2h or 7d");
        }
    }
}
