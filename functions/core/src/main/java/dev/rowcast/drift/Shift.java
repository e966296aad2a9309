package dev.rowcast.drift;

/// How far one column has moved away from what it was in training.
///
/// @param column the feature, or the column of the probability
/// @param rows scored changes that were counted
/// @param psi the [population stability index][Psi] between training and these rows, 0 or more
public record Shift(String column, long rows, double psi) {

    /// So many rows must be counted before an index says anything: with ten bins chance alone makes about
    /// (10 − 1) ÷ rows of it.
    public static final long LEAST_ROWS = 200;

    /// Whether enough rows were counted for the index to mean something.
    public boolean isKnown() {
        return rows >= LEAST_ROWS;
    }
}
