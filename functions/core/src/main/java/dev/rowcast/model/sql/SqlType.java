package dev.rowcast.model.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A type of a column of a source table. Its name is inserted into SQL unescaped, so only names of a fixed
/// list are accepted.
///
/// @param name such as `text`, `numeric(10,2)` or `double precision`
public record SqlType(String name) {

    private static final Pattern KNOWN = Pattern.compile("text|smallint|integer|bigint|real|double precision"
            + "|numeric(\\([1-9][0-9]{0,2}(,[0-9]{1,2})?\\))?|boolean|uuid"
            + "|(varchar|char)\\([1-9][0-9]{0,6}\\)|date|timestamp|timestamptz");
    private static final Pattern TEXTS = Pattern.compile("text|(varchar|char)\\(.*\\)");
    private static final Pattern NUMERIC = Pattern.compile("numeric\\(([0-9]+)(?:,([0-9]+))?\\)");

    private static final Set<String> KEYS = Set.of("smallint", "integer", "bigint", "uuid", "date");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");
    private static final Map<String, Integer> BITS =
            Map.of("smallint", Short.SIZE, "integer", Integer.SIZE, "bigint", Long.SIZE);

    // A number of a few characters must not become a text of a hundred thousand. Postgres accepts exponents.
    private static final int MAX_ZEROS = 1000;

    /// The default type of a key column or a category.
    public static final SqlType TEXT = new SqlType("text");

    /// The default type of a number.
    public static final SqlType DOUBLE = new SqlType("double precision");

    /// @throws IllegalArgumentException if the type is not in the list
    public SqlType {
        if (!isKnown(name)) {
            throw new IllegalArgumentException("unknown SQL type: " + name);
        }
    }

    /// Returns whether a key column can have this type: equal values have one spelling.
    public boolean isForKeys() {
        return KEYS.contains(name) || isText();
    }

    /// Returns whether this is `text`, `varchar(n)` or `char(n)`.
    public boolean isText() {
        return TEXTS.matcher(name).matches();
    }

    /// Returns whether this is a type of whole numbers.
    public boolean isWhole() {
        return BITS.containsKey(name);
    }

    /// Returns whether this is a type of numbers.
    public boolean isNumber() {
        return !isText() && !isTime() && !isBoolean() && !isUuid();
    }

    /// Returns whether this is `real` or `double precision`.
    public boolean isFloat() {
        return name.equals("real") || equals(DOUBLE);
    }

    /// Returns whether this is `boolean`.
    public boolean isBoolean() {
        return name.equals("boolean");
    }

    /// Returns whether this is `uuid`.
    public boolean isUuid() {
        return name.equals("uuid");
    }

    /// Returns whether this is `date`, `timestamp` or `timestamptz`.
    public boolean isTime() {
        return TIMES.contains(name);
    }

    /// Returns whether this is `date`.
    public boolean isDate() {
        return name.equals("date");
    }

    /// Returns whether this is `timestamptz`.
    public boolean hasZone() {
        return name.equals("timestamptz");
    }

    /// Returns whether a contract can have a type of this name.
    public static boolean isKnown(String name) {
        return KNOWN.matcher(name).matches();
    }

    /// Converts a number as a column of this type does: a type with a scale rounds half away from zero, a
    /// float to its precision. Empty if the column cannot hold it: a fraction in a whole number, or a
    /// number out of range.
    ///
    /// @param number a number that is finite as a float
    public Optional<BigDecimal> convert(BigDecimal number) {
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
        // Rounding a number with a thousand zeros after the point would first create a thousand digits.
        boolean vanishes = (long) number.precision() - number.scale() < -scale;
        BigDecimal rounded = vanishes ? BigDecimal.ZERO.setScale(scale) : number.setScale(scale, RoundingMode.HALF_UP);
        return Optional.of(rounded)
                .filter(fitting -> fitting.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(precision - scale)) < 0);
    }

    /// A [converted][#convert] number as text for a column of this type. A text with more than a thousand
    /// zeros has an exponent instead.
    public String format(BigDecimal converted) {
        BigDecimal number =
                isFloat() || (converted.signum() == 0 && !NUMERIC.matcher(name).matches())
                        ? converted.stripTrailingZeros()
                        : converted;
        return Math.abs((long) number.scale()) > MAX_ZEROS ? number.toString() : number.toPlainString();
    }
}
