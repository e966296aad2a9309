package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Replaces the body by random bytes, by JSON tokens in random order, or by nothing.
final class RandomBody implements Mutation {

    private static final List<String> TOKENS = MutationValues.of("json-tokens");

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        draft.body(
                switch (random.nextInt(5)) {
                    case 0 -> new byte[0];
                    case 1, 2 -> {
                        byte[] bytes = new byte[random.nextInt(1, 200)];
                        random.nextBytes(bytes);
                        yield bytes;
                    }
                    default -> tokens(random).getBytes(UTF_8);
                });
    }

    private static String tokens(RandomGenerator random) {
        return Stream.generate(() -> MutationValues.any(TOKENS, random))
                .limit(random.nextInt(1, 40))
                .collect(Collectors.joining());
    }
}
