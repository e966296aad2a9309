package dev.rowcast.local.load.row;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
}
