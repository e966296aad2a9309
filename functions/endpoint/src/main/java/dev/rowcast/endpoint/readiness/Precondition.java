package dev.rowcast.endpoint.readiness;

import java.util.Optional;

/// A condition for accepting events, such as a reachable store, with its current state. Thread safe.
public final class Precondition {

    private final String name;
    private final boolean required;
    private volatile Optional<String> problem = Optional.of("not checked yet");

    /// @param required whether the function is not ready while the condition is false
    Precondition(String name, boolean required) {
        this.name = name;
        this.required = required;
    }

    /// The name, in a word or two.
    public String name() {
        return name;
    }

    /// Returns whether the function is not ready while the condition is false.
    boolean isRequired() {
        return required;
    }

    /// Why it does not hold, in one line; empty if it holds.
    public Optional<String> problem() {
        return problem;
    }

    /// Sets the current state.
    ///
    /// @param found why it does not hold, in one line; empty if it holds
    /// @return whether the state changed
    public boolean update(Optional<String> found) {
        boolean changed = !problem.equals(found);
        problem = found;
        return changed;
    }
}
