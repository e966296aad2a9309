package dev.rowcast.proof.fuzz.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.proof.fuzz.input.InputDraft;
import dev.rowcast.proof.fuzz.mutation.JsonTree.Slot;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes the content of a Debezium event: another operation, table, position or time; `before` or `after`
/// missing or swapped; the event wrapped in a schema.
final class EventMutation implements Mutation {

    private static final int CUSTOMERS = 200;
    private static final long LATEST_LSN = 1L << 40;
    private static final List<String> OPERATIONS = MutationValues.of("operations");
    private static final List<String> TABLES = MutationValues.of("tables");
    private static final List<String> POSITIONS = MutationValues.of("positions");
    private static final List<String> SEQUENCES = MutationValues.of("sequences");
    private static final List<String> TIMES = MutationValues.of("times");
    private static final List<String> SHARES = MutationValues.of("shares");

    /// Gives the event another key and position, so that most changes are new to the store.
    static void renew(InputDraft draft, RandomGenerator random) {
        JsonTree.of(draft).ifPresent(tree -> {
            String customer = "\"fuzz-" + random.nextInt(CUSTOMERS) + "\"";
            String commit = Long.toString(random.nextLong(1, LATEST_LSN));
            String lsn = Long.toString(random.nextLong(1, LATEST_LSN));
            for (Slot slot : tree.slots()) {
                switch (slot.name()) {
                    case "customerid" -> slot.set(customer);
                    case "commit" -> slot.set(commit);
                    case "sequence" -> slot.set("\"[\\\"" + commit + "\\\",\\\"" + lsn + "\\\"]\"");
                    case "lsn" -> slot.set(lsn);
                    case "tenure" -> slot.set(Integer.toString(random.nextInt(73)));
                    default -> {}
                }
            }
            tree.into(draft);
        });
    }

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        JsonTree.of(draft).ifPresent(tree -> {
            change(tree, random);
            tree.into(draft);
        });
    }

    private static void change(JsonTree tree, RandomGenerator random) {
        switch (random.nextInt(11)) {
            case 0 -> set(tree, "op", OPERATIONS, random);
            case 1 -> set(tree, "table", TABLES, random);
            case 2 -> set(tree, random.nextBoolean() ? "schema" : "db", TABLES, random);
            case 3 -> set(tree, MutationValues.any(List.of("lsn", "commit", "epoch"), random), POSITIONS, random);
            case 4 -> set(tree, MutationValues.any(List.of("ts_ms", "ts_us", "ts_ns"), random), TIMES, random);
            case 5 -> set(tree, random.nextBoolean() ? "churn_probability" : "churn_threshold", SHARES, random);
            case 6 -> swapSides(tree.root());
            case 7 -> set(tree, "sequence", SEQUENCES, random);
            case 8 ->
                tree.root().remove(MutationValues.any(List.of("before", "after", "source", "op", "position"), random));
            case 9 ->
                tree.root().putNull(MutationValues.any(List.of("before", "after", "source", "op", "position"), random));
            default -> wrap(tree.root(), random);
        }
    }

    private static void set(JsonTree tree, String name, List<String> values, RandomGenerator random) {
        tree.slots().stream()
                .filter(slot -> slot.name().equals(name))
                .forEach(slot -> slot.set(MutationValues.any(values, random)));
    }

    private static void swapSides(ObjectNode event) {
        if (event.has("before") && event.has("after")) {
            event.set("before", event.replace("after", event.get("before")));
        }
    }

    /// As a connector with `schemas.enable=true` and `decimal.handling.mode=precise` writes it.
    private static void wrap(ObjectNode event, RandomGenerator random) {
        ObjectNode payload = event.deepCopy();
        event.removeAll();
        for (var side : payload.properties()) {
            if (side.getValue() instanceof ObjectNode row && row.has("monthlycharges")) {
                row.put("monthlycharges", MutationValues.any(List.of("C6k=", "AA==", "/w==", "*", ""), random));
            }
        }
        ObjectNode schema = event.putObject("schema").put("type", "struct");
        for (String side : List.of("before", "after")) {
            schema.withArray("fields")
                    .addObject()
                    .put("field", side)
                    .withArray("fields")
                    .addObject()
                    .put("field", "monthlycharges")
                    .put("name", "org.apache.kafka.connect.data.Decimal")
                    .putObject("parameters")
                    .put("scale", MutationValues.any(List.of("2", "0", "-3", "99999", "x"), random));
        }
        event.set("payload", payload);
    }
}
