package dev.rowcast.local.load.row;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Makes the charges of a row consistent: internet costs more than none, fibre more than DSL, and the total
/// is about the monthly charge times the months. Rows without these columns stay unchanged.
final class Charges {

    private static final String INTERNET = "internetservice";
    private static final String MONTHLY = "monthlycharges";
    private static final String TENURE = "tenure";
    private static final String TOTAL = "totalcharges";
    private static final List<String> BY_PRICE = List.of("No", "DSL", "Fiber optic");

    private Charges() {}

    static void apply(
            Map<String, String> row,
            Set<String> drawn,
            Map<String, Distribution> distributions,
            SplittableRandom random) {
        boolean isPriced = drawn.contains(INTERNET) || drawn.contains(MONTHLY);
        if (isPriced
                && distributions.get(INTERNET) instanceof Distribution.Texts internet
                && distributions.get(MONTHLY) instanceof Distribution.Numbers monthly
                && internet.texts().containsAll(BY_PRICE)
                && row.containsKey(INTERNET)) {
            monthly.pick(pricePoint(row.get(INTERNET), internet, random)).ifPresent(price -> row.put(MONTHLY, price));
        }
        if (distributions.get(TOTAL) instanceof Distribution.Numbers total
                && row.containsKey(TENURE)
                && row.containsKey(MONTHLY)) {
            applyTotal(row, total.scale(), random);
        }
    }

    /// A random point within the share of the tariff, with the tariffs in order of price.
    private static double pricePoint(String tariff, Distribution.Texts internet, SplittableRandom random) {
        double below = 0;
        for (String cheaper : BY_PRICE.subList(0, Math.max(0, BY_PRICE.indexOf(tariff)))) {
            below += internet.weights().share(internet.texts().indexOf(cheaper));
        }
        double share = internet.weights().share(internet.texts().indexOf(tariff));
        return below + share * random.nextDouble();
    }

    private static void applyTotal(Map<String, String> row, int scale, SplittableRandom random) {
        BigDecimal months = new BigDecimal(row.get(TENURE));
        if (months.signum() == 0) {
            row.remove(TOTAL);
            return;
        }
        BigDecimal drift = BigDecimal.valueOf(random.nextDouble(0.94, 1.04));
        BigDecimal total = months.multiply(new BigDecimal(row.get(MONTHLY))).multiply(drift);
        row.put(TOTAL, total.setScale(scale, RoundingMode.HALF_EVEN).toPlainString());
    }
}
