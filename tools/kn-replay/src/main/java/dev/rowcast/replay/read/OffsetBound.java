package dev.rowcast.replay.read;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a reading begins or ends in each partition.
public sealed interface OffsetBound {

    /// The first record that the topic still holds.
    record Earliest() implements OffsetBound {}

    /// After the last record that is there now.
    record Latest() implements OffsetBound {}

    /// An offset.
    record Offset(long offset) implements OffsetBound {}

    /// The first record that is not older.
    record Time(Instant time) implements OffsetBound {}

    /// Reads what people write: `earliest`, `latest`, an offset such as `1200`, a time such as
    /// `2026-11-25T10:00:00Z`, or how long ago, such as `90s`, `15m`, `2h` or `7d`.
    final class Reader implements ITypeConverter<OffsetBound> {

        private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");
        private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

        @Override
        public OffsetBound convert(String text) {
            return read(text, Instant.now());
        }

        static OffsetBound read(String text, Instant now) {
            if (text.equals("earliest")) {
                return new Earliest();
            }
            if (text.equals("latest")) {
                return new Latest();
            }
            if (OFFSET.matcher(text).matches()) {
                return new Offset(Long.parseLong(text));
            }
            Matcher ago = AGO.matcher(text);
            return ago.matches()
                    ? new Time(now.minus(length(Long.parseLong(ago.group(1)), ago.group(2))))
                    : new Time(time(text));
        }

        private static Duration length(long count, String unit) {
            return switch (unit) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }

        private static Instant time(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException noTime) {
                throw new TypeConversionException(
                        "'" + text + "' is no place in a topic: give earliest, latest, an offset,"
                                + " a time with its zone such as 2026-11-25T10:00:00Z, or how long ago such as 15m, 2h or 7d");
            }
        }
    }
}
