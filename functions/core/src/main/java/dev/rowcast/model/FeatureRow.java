package dev.rowcast.model;

import java.util.Arrays;
import java.util.Objects;

/// The features of one row, ready for scoring. It never contains null: ONNX Runtime ends the whole process
/// on one. A missing number is NaN, a missing category is the empty text.
public final class FeatureRow {

    private final float[] numbers;
    private final String[] categories;

    /// @param numbers the number features, in the order of the contract
    /// @param categories the category features, in the order of the contract
    /// @throws NullPointerException if a category is null
    public FeatureRow(float[] numbers, String[] categories) {
        this.numbers = numbers.clone();
        this.categories = categories.clone();
        for (String category : this.categories) {
            Objects.requireNonNull(category, "a missing category is the empty text, never null");
        }
    }

    /// The number of number features.
    public int numberCount() {
        return numbers.length;
    }

    /// The number of category features.
    public int categoryCount() {
        return categories.length;
    }

    /// The number feature at `index` among the number features, NaN if missing.
    public float number(int index) {
        return numbers[index];
    }

    /// The category feature at `index` among the category features, empty if missing.
    public String category(int index) {
        return categories[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureRow row
                && Arrays.equals(numbers, row.numbers)
                && Arrays.equals(categories, row.categories);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(categories);
    }

    @Override
    public String toString() {
        return "FeatureRow[numbers=" + Arrays.toString(numbers) + ", categories=" + Arrays.toString(categories) + "]";
    }
}
