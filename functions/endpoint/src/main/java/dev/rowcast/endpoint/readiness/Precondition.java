package dev.rowcast.endpoint.readiness;

import java.util.Optional;

/// One thing that must hold before a function takes events, such as a store that answers. It knows whether it holds,
/// and if not, why. Thread safe.
public final class Precondition {

    private final String name;
    private final boolean required;
    private volatile Optional<String> problem = Optional.of("not checked yet");

    /// @param required whether the function is not ready while it does not hold
    Precondition(String name, boolean required) {
        this.name = name;
        this.required = required;
    }

    /// What it is about, in a word or two.
    public String name() {
        return name;
    }

    /// Whether the function takes no events while it does not hold.
    boolean isRequired() {
        return required;
    }

    /// Why it does not hold, in one line; empty when it holds.
    public Optional<String> problem() {
        return problem;
    }

    /// Says how it stands now.
    ///
    /// @param found why it does not hold, in one line; empty when it holds
    /// @return whether this is news
    public boolean is(Optional<String> found) {
        boolean news = !problem.equals(found);
        problem = found;
        return news;
    }
}
