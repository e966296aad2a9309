package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.deadletter.DeadLetter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// To whom letters go: everything to one sink, or each to the function that refused it. Used by one thread.
final class Addressees {

    private final FunctionAddresses functions;
    private final Optional<URI> sink;
    private final Map<String, URI> known = new HashMap<>();

    /// @param sink takes all of them; empty for the functions
    Addressees(FunctionAddresses functions, Optional<URI> sink) {
        this.functions = functions;
        this.sink = sink;
    }

    /// The address of a function.
    ///
    /// @throws UsageException when a letter does not say its function
    URI of(String function) {
        if (sink.isPresent()) {
            return sink.get();
        }
        if (function.equals(DeadLetter.UNSAID)) {
            throw new UsageException("a letter does not say which function refused it; give --sink");
        }
        return known.computeIfAbsent(function, functions::address);
    }
}
