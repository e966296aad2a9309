package dev.rowcast.local.load.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeSequenceTest {

    private static final ModelContract CHURN = LoadContracts.churn();

    private static List<RowChange> changes(long seed, int count, int mostCustomers) {
        ChangeSequence sequence =
                new ChangeSequence(new RowFactory(CHURN, LoadContracts.churnTable()), mostCustomers, seed);
        return Stream.generate(sequence::next).limit(count).toList();
    }

    private static List<Map<String, String>> rows(long seed, int count) {
        return changes(seed, count, 100_000).stream()
                .flatMap(change -> switch (change) {
                    case RowChange.Insert insert -> Stream.of(insert.values());
                    case RowChange.Update update -> Stream.of(update.values());
                    case RowChange.Delete _ -> Stream.empty();
                })
                .toList();
    }

    @Test
    void sameSeedGivesTheSameChanges() {
        assertThat(changes(7, 2_000, 300)).isEqualTo(changes(7, 2_000, 300));
    }

    @Test
    void anotherSeedGivesOtherChanges() {
        assertThat(changes(7, 50, 300)).isNotEqualTo(changes(8, 50, 300));
    }

    @Test
    void onlyExistingRowsAreUpdatedOrDeleted() {
        Set<List<String>> there = new HashSet<>();
        int most = 0;
        for (RowChange change : changes(3, 5_000, 200)) {
            switch (change) {
                case RowChange.Insert insert ->
                    assertThat(there.add(insert.key())).isTrue();
                case RowChange.Update update -> assertThat(there).contains(update.key());
                case RowChange.Delete remove ->
                    assertThat(there.remove(remove.key())).isTrue();
            }
            most = Math.max(most, there.size());
        }
        assertThat(most).isEqualTo(200);
    }

    @Test
    void mixHasMostlyInsertsAndUpdatesAndAFewDeletes() {
        List<RowChange> all = changes(11, 10_000, 100_000);
        assertThat(share(all, RowChange.Insert.class)).isCloseTo(0.5, within(0.03));
        assertThat(share(all, RowChange.Update.class)).isCloseTo(0.44, within(0.03));
        assertThat(share(all, RowChange.Delete.class)).isCloseTo(0.06, within(0.02));
    }

    @Test
    void deletedCustomersReturnWhenAllowed() {
        ChangeSequence sequence = new ChangeSequence(new RowFactory(CHURN, LoadContracts.churnTable()), 50, 0.9, 4);
        Set<List<String>> there = new HashSet<>();
        Set<List<String>> everThere = new HashSet<>();
        int returns = 0;
        for (int i = 0; i < 5_000; i++) {
            for (RowChange change : i % 4 == 0 ? sequence.ofOne(5) : List.of(sequence.next())) {
                switch (change) {
                    case RowChange.Insert insert -> {
                        assertThat(there.add(insert.key())).isTrue();
                        returns += everThere.add(insert.key()) ? 0 : 1;
                    }
                    case RowChange.Update update -> assertThat(there).contains(update.key());
                    case RowChange.Delete remove ->
                        assertThat(there.remove(remove.key())).isTrue();
                }
            }
        }
        assertThat(returns).isGreaterThan(100);
    }

    @Test
    void changesOfOneCustomerHaveOneKey() {
        ChangeSequence sequence = new ChangeSequence(new RowFactory(CHURN, LoadContracts.churnTable()), 50, 4);
        sequence.next();
        for (int i = 0; i < 200; i++) {
            assertThat(sequence.ofOne(5).stream()
                            .filter(change -> !(change instanceof RowChange.Insert))
                            .map(RowChange::key)
                            .distinct())
                    .hasSize(1);
        }
    }

    private static double share(List<RowChange> all, Class<?> kind) {
        return (double) all.stream().filter(kind::isInstance).count() / all.size();
    }

    @Test
    void valuesAreKnownToTheModel() {
        for (Map<String, String> row : rows(5, 2_000)) {
            for (Feature feature : CHURN.features()) {
                String value = row.get(feature.name());
                if (value == null) {
                    continue;
                }
                switch (feature) {
                    case Feature.Category category ->
                        assertThat(category.categories()).contains(value);
                    case Feature.Temporal _ -> throw new AssertionError("the shipped table has no time");
                    // The total follows from the months and the monthly charge, so its bounds are theirs.
                    case Feature.Numeric number
                    when number.name().equals("totalcharges") ->
                        assertThat(new BigDecimal(value)).isPositive();
                    case Feature.Numeric number ->
                        assertThat(Double.parseDouble(value))
                                .isBetween(
                                        number.histogram().edges().getFirst() - 0.005,
                                        number.histogram().edges().getLast() + 0.005);
                }
            }
        }
    }

    @Test
    void numbersFitTheirColumns() {
        for (Map<String, String> row : rows(6, 2_000)) {
            assertThat(row.get("tenure")).matches("\\d+");
            assertThat(row.get("seniorcitizen")).matches("[01]");
            assertThat(row.get("monthlycharges")).matches("\\d+\\.\\d\\d");
            if (row.containsKey("totalcharges")) {
                assertThat(row.get("totalcharges")).matches("\\d+\\.\\d\\d");
            }
        }
    }

    @Test
    void noStreamingWithoutInternetAndNoLinesWithoutAPhone() {
        for (Map<String, String> row : rows(9, 3_000)) {
            boolean noInternet = row.get("internetservice").equals("No");
            for (String service : List.of("onlinesecurity", "onlinebackup", "techsupport", "streamingmovies")) {
                assertThat(row.get(service).equals("No internet service")).isEqualTo(noInternet);
            }
            assertThat(row.get("multiplelines").equals("No phone service"))
                    .isEqualTo(row.get("phoneservice").equals("No"));
        }
    }

    @Test
    void totalFollowsFromTheMonthsAndTheMonthlyCharge() {
        for (Map<String, String> row : rows(10, 3_000)) {
            int months = Integer.parseInt(row.get("tenure"));
            if (months == 0) {
                assertThat(row).doesNotContainKey("totalcharges");
            } else {
                double expected = months * Double.parseDouble(row.get("monthlycharges"));
                assertThat(Double.parseDouble(row.get("totalcharges")))
                        .isBetween(0.94 * expected - 0.01, 1.04 * expected + 0.01);
            }
        }
    }

    @Test
    void internetCostsMoreThanNoneAndFibreMoreThanDsl() {
        List<Map<String, String>> rows = rows(12, 4_000);
        assertThat(meanPrice(rows, "No")).isLessThan(25);
        assertThat(meanPrice(rows, "DSL")).isBetween(40.0, 70.0);
        assertThat(meanPrice(rows, "Fiber optic")).isGreaterThan(85);
    }

    private static double meanPrice(List<Map<String, String>> rows, String tariff) {
        return rows.stream()
                .filter(row -> row.get("internetservice").equals(tariff))
                .mapToDouble(row -> Double.parseDouble(row.get("monthlycharges")))
                .average()
                .orElseThrow();
    }

    @Test
    void anotherTableNeedsOnlyAnotherContract() {
        // Given
        RowFactory machines = new RowFactory(LoadContracts.machines(), LoadContracts.machineTable());
        ChangeSequence sequence = new ChangeSequence(machines, 100_000, 1);
        // When
        List<RowChange.Insert> inserts = Stream.generate(sequence::next)
                .limit(4_000)
                .filter(RowChange.Insert.class::isInstance)
                .map(RowChange.Insert.class::cast)
                .toList();
        // Then
        assertThat(inserts).allSatisfy(insert -> {
            assertThat(insert.key()).hasSize(2);
            assertThat(insert.key().getFirst()).matches("[1-9]\\d*");
            assertThat(insert.key().getLast()).matches("[0-9a-f-]{36}");
            assertThat(insert.values().get("state")).isIn("idle", "running");
        });
        assertThat(inserts.stream()
                        .filter(insert -> !insert.values().containsKey("temperature"))
                        .count())
                .isCloseTo(inserts.size() / 5, within((long) inserts.size() / 20));
    }
}
