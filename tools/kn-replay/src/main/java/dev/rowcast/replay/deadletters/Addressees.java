package dev.rowcast.replay.deadletters;

import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.connection.Functions;
import dev.rowcast.replay.letter.Letter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// To whom letters go: everything to one sink, or each to the function that refused it. Used by one thread.
final class Addressees {

    private final Functions functions;
    private final Optional<URI> sink;
    private final Map<String, URI> known = new HashMap<>();

    /// @param sink takes all of them; empty for the functions
    Addressees(Functions functions, Optional<URI> sink) {
        this.functions = functions;
        this.sink = sink;
    }

    /// The address of a function.
    ///
    /// @throws Misuse when a letter does not say its function
    URI of(String function) {
        if (sink.isPresent()) {
            return sink.get();
        }
        if (function.equals(Letter.UNSAID)) {
            throw new Misuse("a letter does not say which function refused it; give --sink");
        }
        return known.computeIfAbsent(function, functions::address);
    }
}
