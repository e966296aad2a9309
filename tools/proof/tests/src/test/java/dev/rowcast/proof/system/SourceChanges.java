package dev.rowcast.proof.system;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes the source table at random: inserts, updates and deletes, several changes of one row in a
/// transaction, and keys that are inserted again after a delete. The same seed gives the same changes.
final class SourceChanges implements AutoCloseable {

    private final Connection connection;
    private final ModelContract contract;
    private final String table;
    private final String key;
    private final Random random;
    private final List<String> living = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private int made;

    SourceChanges(String uri, ModelContract contract, long seed) throws SQLException {
        this.connection = DriverManager.getConnection(uri);
        this.contract = contract;
        this.table = contract.source().schema() + "." + contract.source().table();
        this.key = contract.source().key().getFirst();
        this.random = new Random(seed);
        connection.setAutoCommit(false);
    }

    /// Executes so many changes, in transactions of one to ten.
    void make(int count) throws SQLException {
        for (int left = count; left > 0; ) {
            int size = Math.min(left, random.nextBoolean() ? 1 : 1 + random.nextInt(10));
            for (int i = 0; i < size; i++) {
                change();
            }
            connection.commit();
            left -= size;
        }
    }

    int made() {
        return made;
    }

    private void change() throws SQLException {
        made++;
        int dice = random.nextInt(100);
        if (living.isEmpty() || dice < 45) {
            insert(!gone.isEmpty() && dice < 5 ? gone.remove(random.nextInt(gone.size())) : "ST-%05d".formatted(made));
        } else if (dice < 85) {
            update(living.get(random.nextInt(living.size())));
        } else {
            delete(living.remove(random.nextInt(living.size())));
        }
    }

    private void insert(String id) throws SQLException {
        List<String> columns = contract.features().stream().map(Feature::column).toList();
        String sql = "INSERT INTO %s (%s, %s) VALUES (?, %s)"
                .formatted(
                        table,
                        key,
                        String.join(", ", columns),
                        contract.features().stream().map(this::literal).collect(Collectors.joining(", ")));
        execute(sql, id);
        living.add(id);
    }

    private void update(String id) throws SQLException {
        String assignments = Stream.generate(() -> contract.features()
                        .get(random.nextInt(contract.features().size())))
                .limit(3)
                .distinct()
                .map(feature -> feature.column() + " = " + literal(feature))
                .collect(Collectors.joining(", "));
        execute("UPDATE %s SET %s WHERE %s = ?".formatted(table, assignments, key), id);
    }

    private void delete(String id) throws SQLException {
        execute("DELETE FROM %s WHERE %s = ?".formatted(table, key), id);
        gone.add(id);
    }

    /// {@return a random value; sometimes null where the contract imputes missing values}
    private String literal(Feature feature) {
        if (feature.missing() == Feature.Missing.IMPUTE && random.nextInt(20) == 0) {
            return "NULL";
        }
        return switch (feature) {
            case Feature.Numeric number ->
                Long.toString(random.nextLong(
                        number.histogram().edges().getFirst().longValue(),
                        number.histogram().edges().getLast().longValue() + 1));
            case Feature.Temporal _ -> "current_date";
            case Feature.Category category ->
                "'"
                        + category.categories()
                                .get(random.nextInt(category.categories().size())) + "'";
        };
    }

    private void execute(String sql, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
