package dev.rowcast.proof.fuzz;

import java.util.Optional;

/// Number of inputs and seed of a run. `make fuzz` sets both by the system properties `fuzz.inputs` and
/// `fuzz.seed`. Without them the run is short and always the same.
///
/// @param name of the tested part, for the progress lines
/// @param inputs number of inputs
/// @param seed the same seed gives the same inputs
/// @param watched true if the run prints its progress
public record FuzzPlan(String name, long inputs, long seed, boolean watched) {

    private static final long DEFAULT_SEED = 1;
    private static final int REPORTS = 10;
    private static final int REQUESTS_SHARE = 100;

    /// For a part that takes bytes.
    ///
    /// @param few inputs of a short run
    public static FuzzPlan ofBytes(String name, long few) {
        Optional<Long> many = number("fuzz.inputs");
        return new FuzzPlan(name, many.orElse(few), chosenSeed(), many.isPresent());
    }

    /// For a function that takes requests. Requests are slower: a long run sends each function one request
    /// for every hundred inputs of bytes.
    ///
    /// @param few inputs of a short run
    public static FuzzPlan ofRequests(String name, long few) {
        Optional<Long> many = number("fuzz.inputs").map(inputs -> Math.max(1, inputs / REQUESTS_SHARE));
        return new FuzzPlan(name, many.orElse(few), chosenSeed(), many.isPresent());
    }

    /// {@return the command that repeats this run}
    public String repeatCommand() {
        if (!watched) {
            return "make test";
        }
        String count = number("fuzz.inputs").map(inputs -> " INPUTS=" + inputs).orElse("");
        return "make fuzz SEED=" + seed + count;
    }

    /// Prints the progress, ten times per run.
    ///
    /// @param done number of finished inputs
    void report(long done) {
        if (watched && done % Math.max(1, inputs / REPORTS) == 0) {
            System.out.printf("fuzz %s: %,d of %,d inputs, seed %d%n", name, done, inputs, seed);
        }
    }

    private static long chosenSeed() {
        return number("fuzz.seed").orElse(DEFAULT_SEED);
    }

    private static Optional<Long> number(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(text -> !text.isBlank())
                .map(Long::valueOf);
    }
}
