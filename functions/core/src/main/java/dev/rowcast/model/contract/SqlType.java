package dev.rowcast.model.contract;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A type that a column of a source table may have. Its name goes into SQL as it is, so there is no other way to one
/// than through the list of those that are known.
///
/// @param name such as `text`, `numeric(10,2)` or `double precision`
public record SqlType(String name) {

    private static final Pattern KNOWN = Pattern.compile("text|smallint|integer|bigint|real|double precision"
            + "|numeric(\\([1-9][0-9]{0,2}(,[0-9]{1,2})?\\))?|boolean|uuid");
    private static final Pattern NUMERIC = Pattern.compile("numeric\\(([0-9]+)(?:,([0-9]+))?\\)");

    private static final Set<String> KEYS = Set.of("text", "smallint", "integer", "bigint", "uuid");
    private static final Set<String> NO_NUMBERS = Set.of("text", "boolean", "uuid");
    private static final Map<String, Integer> BITS =
            Map.of("smallint", Short.SIZE, "integer", Integer.SIZE, "bigint", Long.SIZE);

    // A number of a few characters must not become a text of a hundred thousand. Postgres reads an exponent as well.
    private static final int MAX_ZEROS = 1000;

    /// What a key or a category stands in, unless the contract says otherwise.
    public static final SqlType TEXT = new SqlType("text");

    /// What a number stands in, unless the contract says otherwise.
    public static final SqlType DOUBLE = new SqlType("double precision");

    /// @throws IllegalArgumentException when it is not one of those that are known
    public SqlType {
        if (!isKnown(name)) {
            throw new IllegalArgumentException("no SQL type that is known: " + name);
        }
    }

    /// Whether a column of a key may have it: a value has one spelling, and two that are equal are the same.
    boolean isForKeys() {
        return KEYS.contains(name);
    }

    public boolean isWhole() {
        return BITS.containsKey(name);
    }

    public boolean isNumber() {
        return !NO_NUMBERS.contains(name);
    }

    boolean isFloat() {
        return name.equals("real") || equals(DOUBLE);
    }

    public boolean isBoolean() {
        return name.equals("boolean");
    }

    static boolean isKnown(String name) {
        return KNOWN.matcher(name).matches();
    }

    /// The number as a column of this type holds it: a type with a scale rounds half away from zero, a float to its own
    /// precision. Empty when no such column holds it: a fraction among whole numbers, or a number out of range.
    ///
    /// @param number a number that is finite as a float
    public Optional<BigDecimal> hold(BigDecimal number) {
        if (isWhole()) {
            return whole(number);
        }
        Matcher numeric = NUMERIC.matcher(name);
        if (numeric.matches()) {
            int scale = numeric.group(2) == null ? 0 : Integer.parseInt(numeric.group(2));
            return rounded(number, Integer.parseInt(numeric.group(1)), scale);
        }
        return Optional.of(
                switch (name) {
                    case "real" -> new BigDecimal(Float.toString((float) number.doubleValue()));
                    case "double precision" -> new BigDecimal(Double.toString(number.doubleValue()));
                    default -> number;
                });
    }

    private Optional<BigDecimal> whole(BigDecimal number) {
        if (number.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        boolean isFraction = number.scale() > 0 && number.stripTrailingZeros().scale() > 0;
        return Optional.of(number)
                .filter(finite -> !isFraction && finite.toBigIntegerExact().bitLength() < BITS.get(name))
                .map(fitting -> new BigDecimal(fitting.toBigIntegerExact()));
    }

    private static Optional<BigDecimal> rounded(BigDecimal number, int precision, int scale) {
        // A number of a thousand zeros behind the point is not made one of a thousand digits first.
        boolean vanishes = (long) number.precision() - number.scale() < -scale;
        BigDecimal rounded = vanishes ? BigDecimal.ZERO.setScale(scale) : number.setScale(scale, RoundingMode.HALF_UP);
        return Optional.of(rounded)
                .filter(fitting -> fitting.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(precision - scale)) < 0);
    }

    /// A number that a column of this type [holds][#hold], as a text that the column takes. A text of more than a
    /// thousand zeros has an exponent.
    public String spell(BigDecimal held) {
        BigDecimal number =
                isFloat() || (held.signum() == 0 && !NUMERIC.matcher(name).matches())
                        ? held.stripTrailingZeros()
                        : held;
        return Math.abs((long) number.scale()) > MAX_ZEROS ? number.toString() : number.toPlainString();
    }
}
