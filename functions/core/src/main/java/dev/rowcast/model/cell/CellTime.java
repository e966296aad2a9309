package dev.rowcast.model.cell;

import dev.rowcast.model.sql.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// A date or a time as the connector sends it (ISO 8601, `isostring`) or as a CSV file of Postgres has
/// it. The years 1 to 9999 only, so that `infinity` and dates before Christ are refused.
///
/// | type | accepted |
/// |---|---|
/// | `date` | `2024-05-01`, `2024-05-01Z` |
/// | `timestamp` | `2024-05-01T12:34:56.123456`; a space for `T`; no fraction, seconds or time; `Z` |
/// | `timestamptz` | the same with a time and an offset from UTC: `Z`, `+02`, `-0330`, `+05:30` |
///
/// @param local the date and time as written
/// @param offset the offset from UTC; UTC for a date or a time without zone
record CellTime(LocalDateTime local, ZoneOffset offset) {

    static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}Z?");
    static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?)?Z?");
    static final Pattern TIMESTAMPTZ = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)");

    private static final Pattern OFFSET = Pattern.compile("[Z+-].*");
    private static final int LENGTH_OF_A_DATE = 10;

    /// Reads a text without outer spaces; empty if it is not of this type.
    ///
    /// @param sql date, timestamp or timestamptz
    static Optional<CellTime> of(String text, SqlType sql) {
        Pattern grammar = sql.isDate() ? DATE : sql.hasZone() ? TIMESTAMPTZ : TIMESTAMP;
        if (!grammar.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(text.substring(0, LENGTH_OF_A_DATE));
            String rest = text.substring(LENGTH_OF_A_DATE);
            String clock = OFFSET.matcher(rest).replaceFirst("");
            String offset = rest.substring(clock.length());
            return Optional.of(new CellTime(
                            day.atTime(clock.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(clock.substring(1))),
                            offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset)))
                    .filter(_ -> day.getYear() > 0);
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /// The text for a column of this type; Postgres reads it the same way with any setting of `DateStyle`
    /// or `TimeZone`.
    String text(SqlType sql) {
        if (sql.isDate()) {
            return local.toLocalDate().toString();
        }
        return sql.hasZone()
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.of(local, offset))
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
    }
}
