package dev.rowcast.model.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parsed type of a live column, to decide whether one type holds all values of another.
///
/// @param base its name without length and precision, in one spelling
/// @param length the maximum number of characters or digits; [#ANY] if unlimited
/// @param scale the digits after the point
public record LiveType(String base, int length, int scale) {

    /// No limit.
    public static final int ANY = Integer.MAX_VALUE;

    private static final Pattern NAME =
            Pattern.compile("([^(]*?) *(?:\\(([0-9]+)(?:, ?(-?[0-9]+))?\\))?( with(?:out)? time zone)?");
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("decimal", "numeric"),
            Map.entry("bool", "boolean"),
            Map.entry("varchar", "character varying"),
            Map.entry("char", "character"),
            Map.entry("bpchar", "character"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"));
    private static final Map<String, Integer> DIGITS = Map.of("smallint", 5, "integer", 10, "bigint", 19);
    // Whole numbers with this many digits always fit, whatever the digits are.
    private static final Map<String, Integer> SAFE_DIGITS = Map.of("smallint", 4, "integer", 9, "bigint", 18);
    private static final Set<String> TEXTS = Set.of("text", "citext", "character varying", "character");
    // Postgres refuses a number with more zeros after the point than these as too small.
    private static final int LEAST_OF_REAL = 37;
    private static final int LEAST_OF_DOUBLE = 307;

    /// Parses the name of a type, of any spelling that Postgres prints.
    public static LiveType of(String type) {
        boolean isUserDefined = type.toUpperCase(Locale.ROOT).startsWith("USER-DEFINED");
        Matcher name = NAME.matcher(type.toLowerCase(Locale.ROOT));
        if (isUserDefined || !name.matches()) {
            return new LiveType(type, ANY, 0);
        }
        String spelled = name.group(1) + Optional.ofNullable(name.group(4)).orElse("");
        String base = SPELLINGS.getOrDefault(spelled, spelled);
        int length = name.group(2) == null ? ANY : Integer.parseInt(name.group(2));
        int scale = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
        return new LiveType(base, length, length == ANY && base.equals("numeric") ? ANY : scale);
    }

    /// Returns whether a column of this type holds every value of another type, possibly rounded
    /// to a float.
    public boolean holdsAllOf(LiveType other) {
        if (equals(other)) {
            return true;
        }
        return switch (base) {
            case "text", "citext" -> true;
            case "character varying", "character" ->
                length == ANY || (TEXTS.contains(other.base) && other.length <= length);
            case "timestamp without time zone", "timestamp with time zone" ->
                other.base.equals(base) && (length == ANY || other.length <= length);
            case "smallint", "integer", "bigint" -> other.isWholeOfAtMost(base);
            case "numeric" -> length == ANY ? other.isNumber() : other.isDecimalWithin(length - scale, scale);
            case "real" -> other.isWhole() || other.base.equals("real") || other.isDecimalWithin(ANY, LEAST_OF_REAL);
            case "double precision" ->
                other.isWhole() || other.isFloat() || other.isDecimalWithin(ANY, LEAST_OF_DOUBLE);
            default -> false;
        };
    }

    private boolean isWhole() {
        return DIGITS.containsKey(base);
    }

    private boolean isFloat() {
        return base.equals("real") || base.equals("double precision");
    }

    private boolean isNumber() {
        return isWhole() || isFloat() || base.equals("numeric");
    }

    private boolean isWholeOfAtMost(String type) {
        return isWhole()
                ? DIGITS.get(base) <= DIGITS.get(type)
                : base.equals("numeric") && scale <= 0 && length != ANY && length - scale <= SAFE_DIGITS.get(type);
    }

    private boolean isDecimalWithin(int digits, int decimals) {
        return isWhole()
                ? DIGITS.get(base) <= digits
                : base.equals("numeric") && length != ANY && length - scale <= digits && scale <= decimals;
    }
}
