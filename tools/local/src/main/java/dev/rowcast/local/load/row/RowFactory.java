package dev.rowcast.local.load.row;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.sql.TimePart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/// Creates keys and realistic rows from the model's contract.
public final class RowFactory implements RowSource {

    private static final int MOST_FEATURES_IN_AN_UPDATE = 3;
    private static final int DECIMALS_OF_A_FLOAT = 4;
    private static final int DAYS_OF_A_CENTURY = 36_525;

    private final TableShape shape;
    private final Map<String, Distribution> distributions = new LinkedHashMap<>();
    private final List<String> features;
    private final RowConsistency consistency;

    /// @throws IllegalStateException when the table lacks the column of a feature
    public RowFactory(ModelContract contract, TableShape shape) {
        this.shape = shape;
        for (Feature feature : contract.features()) {
            distributions.merge(
                    feature.column(),
                    distribution(feature, shape.column(feature.column())),
                    (first, next) -> isDays(feature) ? next : first);
        }
        this.features = List.copyOf(distributions.keySet());
        this.consistency = new RowConsistency(contract.features(), distributions);
    }

    private static boolean isDays(Feature feature) {
        return feature instanceof Feature.Temporal time && time.part().unit() == TimePart.Unit.DAYS;
    }

    private static Distribution distribution(Feature feature, TableShape.Column column) {
        return switch (feature) {
            case Feature.Category category ->
                new Distribution.Texts(
                        category.categories(),
                        new Weights(
                                category.histogram().counts(),
                                category.histogram().missing()));
            case Feature.Temporal time -> Distribution.Times.of(time);
            case Feature.Numeric number ->
                new Distribution.Numbers(
                        number.histogram().edges(),
                        new Weights(
                                number.histogram().counts(), number.histogram().missing()),
                        switch (column.kind()) {
                            case NUMBER -> column.size();
                            case OTHER -> DECIMALS_OF_A_FLOAT;
                            case TEXT, WHOLE_NUMBER, UUID, DATE -> 0;
                        });
        };
    }

    /// A key of the types of the key columns; a text is like `2718-YSKCS`.
    @Override
    public List<String> key(SplittableRandom random) {
        return shape.key().stream().map(name -> keyPart(name, random)).toList();
    }

    private String keyPart(String name, SplittableRandom random) {
        return switch (shape.column(name).kind()) {
            case TEXT -> shortened(customerNumber(random), shape.column(name).size());
            case WHOLE_NUMBER, NUMBER -> Integer.toString(random.nextInt(1, Integer.MAX_VALUE));
            case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
            case DATE ->
                LocalDate.EPOCH.plusDays(random.nextInt(DAYS_OF_A_CENTURY)).toString();
            case OTHER -> throw new IllegalStateException("load: key column " + name + " has an unsupported type");
        };
    }

    private static String shortened(String text, int length) {
        return length == 0 || length >= text.length() ? text : text.substring(text.length() - length);
    }

    private static String customerNumber(SplittableRandom random) {
        StringBuilder number = new StringBuilder("%04d-".formatted(random.nextInt(10_000)));
        for (int i = 0; i < 5; i++) {
            number.append((char) ('A' + random.nextInt(26)));
        }
        return number.toString();
    }

    @Override
    public Map<String, String> row(SplittableRandom random) {
        Map<String, String> row = new TreeMap<>();
        draw(row, new LinkedHashSet<>(features), random);
        return row;
    }

    /// A copy of the row in which one to three features have a new value.
    @Override
    public Map<String, String> changed(Map<String, String> row, SplittableRandom random) {
        Map<String, String> changed = new TreeMap<>(row);
        List<String> left = new ArrayList<>(features);
        Set<String> drawn = new LinkedHashSet<>();
        int count = Math.min(left.size(), random.nextInt(1, MOST_FEATURES_IN_AN_UPDATE + 1));
        for (int i = 0; i < count; i++) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        draw(changed, drawn, random);
        return changed;
    }

    private void draw(Map<String, String> row, Set<String> columns, SplittableRandom random) {
        for (String column : columns) {
            distributions
                    .get(column)
                    .draw(random)
                    .ifPresentOrElse(value -> row.put(column, value), () -> row.remove(column));
        }
        consistency.apply(row, columns, random);
    }
}
