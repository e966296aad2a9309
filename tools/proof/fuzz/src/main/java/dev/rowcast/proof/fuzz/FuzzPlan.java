package dev.rowcast.proof.fuzz;

import java.util.Optional;

/// How much is tried, and from which seed. `make fuzz` sets both through the system properties `fuzz.inputs` and
/// `fuzz.seed`; without them a run is short and always the same.
///
/// @param name what is tried, for those who watch
/// @param inputs how many
/// @param seed the same seed gives the same inputs
/// @param watched whether it says how far it is
public record FuzzPlan(String name, long inputs, long seed, boolean watched) {

    private static final long EVERY_TIME = 1;
    private static final int REPORTS = 10;
    private static final int REQUESTS_SHARE = 100;

    /// For what takes bytes.
    ///
    /// @param few how many a short run tries
    public static FuzzPlan ofBytes(String name, long few) {
        Optional<Long> many = number("fuzz.inputs");
        return new FuzzPlan(name, many.orElse(few), chosenSeed(), many.isPresent());
    }

    /// For what takes requests, which are slower: a long run tries one for every hundred inputs of bytes, at each
    /// function.
    ///
    /// @param few how many a short run tries
    public static FuzzPlan ofRequests(String name, long few) {
        Optional<Long> many = number("fuzz.inputs").map(inputs -> Math.max(1, inputs / REQUESTS_SHARE));
        return new FuzzPlan(name, many.orElse(few), chosenSeed(), many.isPresent());
    }

    /// The command that makes this run again.
    public String again() {
        if (!watched) {
            return "make test";
        }
        String count = number("fuzz.inputs").map(inputs -> " INPUTS=" + inputs).orElse("");
        return "make fuzz SEED=" + seed + count;
    }

    /// Says how far the run is, a few times in all.
    ///
    /// @param done how many inputs are done
    void report(long done) {
        if (watched && done % Math.max(1, inputs / REPORTS) == 0) {
            System.out.printf("fuzz %s: %,d of %,d inputs, seed %d%n", name, done, inputs, seed);
        }
    }

    private static long chosenSeed() {
        return number("fuzz.seed").orElse(EVERY_TIME);
    }

    private static Optional<Long> number(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(text -> !text.isBlank())
                .map(Long::valueOf);
    }
}
