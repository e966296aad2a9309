package dev.rowcast.model.sql;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/// A number taken from a date or a time: the only definition of the parts that a feature can have. The
/// trainer computes the same numbers; `cells.json` next to the contract's schema has the test cases.
///
/// @param unit the part
/// @param since the day 0 of [Unit#DAYS]; [LocalDate#EPOCH] for other parts
/// @param zone the zone in which an instant is taken apart; UTC for a date or a time without zone
public record TimePart(Unit unit, LocalDate since, ZoneId zone) {

    private static final double MICROS_OF_A_DAY = 86_400_000_000d;

    /// A part of a date or a time.
    public enum Unit {
        /// Days since a date at 00:00, with the fraction of the day by the wall clock.
        DAYS,
        /// The month, 1 to 12.
        MONTH,
        /// The day of the week, 1 (Monday) to 7.
        WEEKDAY,
        /// The hour of the day, 0 to 23.
        HOUR
    }

    /// A part that needs neither a first day nor a zone.
    public static TimePart of(Unit unit) {
        return new TimePart(unit, LocalDate.EPOCH, ZoneOffset.UTC);
    }

    /// The number.
    ///
    /// @param local the time by the wall clock of [#zone]
    public float of(LocalDateTime local) {
        return switch (unit) {
            case DAYS ->
                (float) (ChronoUnit.DAYS.between(since, local.toLocalDate())
                        + local.getLong(ChronoField.MICRO_OF_DAY) / MICROS_OF_A_DAY);
            case MONTH -> local.getMonthValue();
            case WEEKDAY -> local.getDayOfWeek().getValue();
            case HOUR -> local.getHour();
        };
    }
}
