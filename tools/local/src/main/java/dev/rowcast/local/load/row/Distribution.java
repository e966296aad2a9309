package dev.rowcast.local.load.row;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The values of one feature, as often as training had them. An empty value is a missing one.
sealed interface Distribution {

    /// A value as text, as SQL takes it.
    Optional<String> draw(SplittableRandom random);

    /// Texts out of a set.
    ///
    /// @param texts the set
    /// @param weights how often each is there
    record Texts(List<String> texts, Weights weights) implements Distribution {
        @Override
        public Optional<String> draw(SplittableRandom random) {
            return pick(random.nextDouble());
        }

        /// The text at a point of the distribution.
        ///
        /// @param point 0 to 1
        Optional<String> pick(double point) {
            return weights.pick(point).map(bin -> texts.get(bin.index()));
        }

        /// The same without one of its texts.
        Texts without(String text) {
            int index = texts.indexOf(text);
            return index < 0 ? this : new Texts(texts, weights.without(index));
        }
    }

    /// Numbers, even within each bin.
    ///
    /// @param edges edges of the bins, rising, one more than there are bins
    /// @param weights how often each bin is hit
    /// @param scale digits after the decimal point; with none, only whole numbers within a bin are drawn
    record Numbers(List<Double> edges, Weights weights, int scale) implements Distribution {
        @Override
        public Optional<String> draw(SplittableRandom random) {
            return pick(random.nextDouble());
        }

        /// The number at a point of the distribution: a higher point gives no lower number.
        ///
        /// @param point 0 to 1
        Optional<String> pick(double point) {
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
