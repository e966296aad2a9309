package dev.rowcast.proof.chaos.fight;

import java.util.List;
import java.util.SplittableRandom;

/// Random values of a row, which move the prediction across its threshold and back.
///
/// @param tenure in months
/// @param contract its term
/// @param internet kind of access
/// @param monthly charges in dollars
record RowValues(int tenure, String contract, String internet, double monthly) {

    private static final List<String> CONTRACTS = List.of("Month-to-month", "One year", "Two year");
    private static final List<String> INTERNET = List.of("No", "DSL", "Fiber optic");

    static RowValues draw(SplittableRandom random) {
        return new RowValues(
                random.nextInt(1, 73),
                CONTRACTS.get(random.nextInt(CONTRACTS.size())),
                INTERNET.get(random.nextInt(INTERNET.size())),
                random.nextInt(1_800, 12_000) / 100.0);
    }
}
