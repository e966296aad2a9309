package dev.rowcast.drift;

/// The shift of one column since training.
///
/// @param column the feature, or the column of the prediction
/// @param rows the number of counted rows
/// @param psi the [population stability index][Psi] between training and these rows, 0 or more
public record Shift(String column, long rows, double psi) {

    /// The rows that an index needs to be significant: with ten bins, chance alone contributes about (10 −
    /// 1) ÷ rows.
    public static final long LEAST_ROWS = 200;

    /// Returns whether enough rows were counted for a significant index.
    public boolean isKnown() {
        return rows >= LEAST_ROWS;
    }
}
