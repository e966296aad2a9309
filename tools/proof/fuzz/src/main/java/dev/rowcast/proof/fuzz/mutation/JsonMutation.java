package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.mutation.JsonTree.Slot;
import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.List;
import java.util.random.RandomGenerator;

/// Mutations one field of the JSON: its value becomes another, of any type and size, its name changes, or it goes.
final class JsonMutation implements Mutation {

    private static final int MOST_DEPTH = 150;

    /// Values that some reader or some store may not expect; not all of them are JSON.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "-0.0",
            "1.0",
            "0.1e1",
            "0.30000000000000004",
            "1e400",
            "-1e400",
            "1e308",
            "4.9e-324",
            "1e16000",
            "1e131072",
            "1e131073",
            "1e-16383",
            "1e-131072",
            "1e2000000000",
            "1e-99999999999",
            "32768",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "36028797018963967",
            "36028797018963968",
            "-9223372036854775809",
            "NaN",
            "Infinity",
            "01",
            "+1",
            ".5",
            "\"\"",
            "\" \"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u202e\\u0007\\u009f\"",
            "\"\\n\"",
            "\"NaN\"",
            "\"1e400\"",
            "\"29.85\"",
            "\"Yes\"",
            "\"No\"",
            "\"{}\"",
            "\"[\"",
            "\"{\\\"a\\\":1e-99999999999}\"",
            "\"{\\\"a\\\":\\\"\\\\u0000\\\"}\"",
            "\"{\\\"\\\":1}\"",
            "\"{\\\"a.b\\\":{\\\"c\\\":1},\\\"a\\\":{\\\"b\\\":2}}\"",
            "\"2026-02-30T25:61:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"__debezium_unavailable_value\"",
            "\"\\u0000__debezium_unavailable_value\"",
            "\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":{\"\":\"\"}}",
            "{\"scale\":2,\"value\":\"C6k=\"}",
            "{\"scale\":-131072,\"value\":\"AQ==\"}",
            "{\"scale\":131072,\"value\":\"fw==\"}",
            "{\"scale\":2147483647,\"value\":\"AQ==\"}",
            "{\"scale\":1,\"value\":\"*\"}");

    private static final List<String> NAMES = List.of(
            "",
            "rowcast",
            "deleted",
            "customerid",
            "op",
            "schema",
            "payload",
            "a.b",
            ".",
            "_id",
            "\0",
            "\ud83d\ude00",
            "CUSTOMERID",
            "customerid ",
            "previous");

    @Override
    public void inflict(InputDraft draft, RandomGenerator random) {
        JsonTree.of(draft).ifPresent(tree -> {
            List<Slot> slots = tree.slots();
            if (!slots.isEmpty()) {
                damage(RandomValue.one(slots, random), slots, random);
                tree.into(draft);
            }
        });
    }

    private static void damage(Slot slot, List<Slot> slots, RandomGenerator random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> slot.set(RandomValue.one(VALUES, random));
            case 4 -> slot.parent().remove(slot.name());
            case 5 -> {
                String text = slot.text();
                slot.parent().remove(slot.name());
                new Slot(slot.parent(), name(slot, random)).set(text);
            }
            case 6 -> new Slot(slot.parent(), name(slot, random)).set(RandomValue.one(VALUES, random));
            case 7 -> slot.set(slot.text() + ",\"" + slot.name() + "\":" + RandomValue.one(VALUES, random));
            case 8 -> slot.set(nested(slot.text(), random));
            case 9 -> slot.set(RandomValue.one(slots, random).text());
            case 10 ->
                slot.set("9".repeat(random.nextInt(1, 1200)) + (random.nextBoolean() ? "." + "3".repeat(40) : ""));
            default -> slot.set('"' + text(random) + '"');
        }
    }

    private static String name(Slot slot, RandomGenerator random) {
        return random.nextInt(3) == 0 ? slot.name() + "x".repeat(random.nextInt(1200)) : RandomValue.one(NAMES, random);
    }

    private static String nested(String text, RandomGenerator random) {
        int depth = random.nextInt(1, MOST_DEPTH);
        return random.nextBoolean()
                ? "[".repeat(depth) + text + "]".repeat(depth)
                : "{\"n\":".repeat(depth) + text + "}".repeat(depth);
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8) == 0 ? random.nextInt(4000) : random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append("\\u%04x".formatted(random.nextInt(random.nextBoolean() ? 0x80 : 0x10000)));
        }
        return text.toString();
    }
}
