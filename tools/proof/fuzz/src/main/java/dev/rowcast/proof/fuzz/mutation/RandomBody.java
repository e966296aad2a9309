package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.List;
import java.util.random.RandomGenerator;

/// Puts something else in place of the body: bytes, letters of JSON in any order, or nothing.
final class RandomBody implements Mutation {

    private static final List<String> LETTERS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "0",
            "-1",
            "1e999999999",
            "1e-99999999999",
            "\"op\"",
            "\"c\"",
            "\"d\"",
            "\"r\"",
            "\"before\"",
            "\"after\"",
            "\"source\"",
            "\"lsn\"",
            "\"sequence\"",
            "\"payload\"",
            "\"schema\"",
            "\"fields\"",
            "\"customerid\"",
            "\"scale\"",
            "\"value\"",
            "\"\\ud800\"",
            " ",
            "\n");

    @Override
    public void inflict(InputDraft draft, RandomGenerator random) {
        draft.body(
                switch (random.nextInt(5)) {
                    case 0 -> new byte[0];
                    case 1, 2 -> {
                        byte[] bytes = new byte[random.nextInt(1, 200)];
                        random.nextBytes(bytes);
                        yield bytes;
                    }
                    default -> letters(random).getBytes(UTF_8);
                });
    }

    private static String letters(RandomGenerator random) {
        StringBuilder letters = new StringBuilder();
        int length = random.nextInt(1, 40);
        for (int i = 0; i < length; i++) {
            letters.append(RandomValue.one(LETTERS, random));
        }
        return letters.toString();
    }
}
