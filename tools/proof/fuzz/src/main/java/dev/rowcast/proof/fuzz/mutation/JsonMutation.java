package dev.rowcast.proof.fuzz.mutation;

import dev.rowcast.proof.fuzz.input.InputDraft;
import dev.rowcast.proof.fuzz.mutation.JsonTree.Slot;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes one field of the JSON: its value gets another type or size, its name changes, or the field
/// is removed.
final class JsonMutation implements Mutation {

    private static final int MOST_DEPTH = 150;

    /// Edge cases of readers and stores; some are no valid JSON.
    private static final List<String> VALUES = MutationValues.of("json-values");

    private static final List<String> NAMES = MutationValues.of("field-names");

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        JsonTree.of(draft).ifPresent(tree -> {
            List<Slot> slots = tree.slots();
            if (!slots.isEmpty()) {
                change(MutationValues.any(slots, random), slots, random);
                tree.into(draft);
            }
        });
    }

    private static void change(Slot slot, List<Slot> slots, RandomGenerator random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> slot.set(MutationValues.any(VALUES, random));
            case 4 -> slot.parent().remove(slot.name());
            case 5 -> {
                String text = slot.text();
                slot.parent().remove(slot.name());
                new Slot(slot.parent(), name(slot, random)).set(text);
            }
            case 6 -> new Slot(slot.parent(), name(slot, random)).set(MutationValues.any(VALUES, random));
            case 7 -> slot.set(slot.text() + ",\"" + slot.name() + "\":" + MutationValues.any(VALUES, random));
            case 8 -> slot.set(nested(slot.text(), random));
            case 9 -> slot.set(MutationValues.any(slots, random).text());
            case 10 ->
                slot.set("9".repeat(random.nextInt(1, 1200)) + (random.nextBoolean() ? "." + "3".repeat(40) : ""));
            default -> slot.set('"' + text(random) + '"');
        }
    }

    private static String name(Slot slot, RandomGenerator random) {
        return random.nextInt(3) == 0
                ? slot.name() + "x".repeat(random.nextInt(1200))
                : MutationValues.any(NAMES, random);
    }

    private static String nested(String text, RandomGenerator random) {
        int depth = random.nextInt(1, MOST_DEPTH);
        return random.nextBoolean()
                ? "[".repeat(depth) + text + "]".repeat(depth)
                : "{\"n\":".repeat(depth) + text + "}".repeat(depth);
    }

    private static String text(RandomGenerator random) {
        return Stream.generate(() -> "\\u%04x".formatted(random.nextInt(random.nextBoolean() ? 0x80 : 0x10000)))
                .limit(random.nextInt(8) == 0 ? random.nextInt(4000) : random.nextInt(20))
                .collect(Collectors.joining());
    }
}
