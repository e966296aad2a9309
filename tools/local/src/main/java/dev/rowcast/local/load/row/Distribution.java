package dev.rowcast.local.load.row;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.sql.SqlType;
import dev.rowcast.model.sql.TimePart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The distribution of one feature in the training data. An empty value is a missing one.
sealed interface Distribution {

    /// Draws a value, as text for SQL.
    default Optional<String> draw(SplittableRandom random) {
        return pick(random.nextDouble());
    }

    /// The value at a point of the distribution. A higher point never gives a lower number.
    ///
    /// @param point 0 to 1
    Optional<String> pick(double point);

    /// A set of texts.
    ///
    /// @param weights frequency of each text
    record Texts(List<String> texts, Weights weights) implements Distribution {
        @Override
        public Optional<String> pick(double point) {
            return weights.pick(point).map(bin -> texts.get(bin.index()));
        }

        /// This distribution without one of its texts.
        Texts without(String text) {
            int index = texts.indexOf(text);
            return index < 0 ? this : new Texts(texts, weights.without(index));
        }
    }

    /// Numbers, uniform within each bin.
    ///
    /// @param edges   edges of the bins in ascending order, one more than there are bins
    /// @param weights frequency of each bin
    /// @param scale   digits after the decimal point; 0 draws only the whole numbers of a bin
    record Numbers(List<Double> edges, Weights weights, int scale) implements Distribution {
        @Override
        public Optional<String> pick(double point) {
            return weights.pick(point).map(bin -> number(bin).toPlainString());
        }

        private BigDecimal number(Weights.Bin bin) {
            double low = edges.get(bin.index());
            double high = edges.get(bin.index() + 1);
            if (scale > 0) {
                return BigDecimal.valueOf(low + bin.within() * (high - low)).setScale(scale, RoundingMode.HALF_EVEN);
            }
            boolean isLast = bin.index() == edges.size() - 2;
            long first = (long) Math.ceil(low);
            long last = Math.max(first, isLast ? (long) Math.floor(high) : (long) Math.ceil(high) - 1);
            return BigDecimal.valueOf(first + (long) (bin.within() * (last - first + 1)));
        }
    }

    /// Dates and times, uniform between two days.
    ///
    /// @param first the first day
    /// @param days  the number of days
    /// @param share the share of rows with a value, 0 to 1
    /// @param sql   the type of the column
    record Times(LocalDate first, double days, double share, SqlType sql) implements Distribution {

        // A feature that is no number of days does not say which years it was trained on.
        private static final LocalDate ANY_YEAR = LocalDate.of(2024, 1, 1);
        private static final double DAYS_OF_A_YEAR = 366;

        static Times of(Feature.Temporal feature) {
            double rows = feature.histogram().counts().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            double share = rows / Math.max(1, rows + feature.histogram().missing());
            if (feature.part().unit() != TimePart.Unit.DAYS) {
                return new Times(ANY_YEAR, DAYS_OF_A_YEAR, share, feature.sql());
            }
            double low = feature.histogram().edges().getFirst();
            double high = feature.histogram().edges().getLast();
            return new Times(feature.part().since().plusDays((long) low), high - low, share, feature.sql());
        }

        @Override
        public Optional<String> pick(double point) {
            if (point >= share) {
                return Optional.empty();
            }
            LocalDateTime time = first.atStartOfDay().plusSeconds((long)
                    (point / share * days * ChronoUnit.DAYS.getDuration().toSeconds()));
            String text =
                    sql.isDate() ? time.toLocalDate().toString() : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            return Optional.of(sql.hasZone() ? text + "Z" : text);
        }
    }
}
