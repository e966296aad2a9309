package dev.rowcast.proof.chaos;

/// What rows go through in a second.
///
/// @param changes of the load, which changes each row from one connection
/// @param fights transactions of the clients that fight over the same keys
/// @param poison events that nobody can handle
record Rates(double changes, double fights, double poison) {

    /// Nothing changes.
    static final Rates NONE = new Rates(0, 0, 0);

    /// A transaction of the fight makes between two and three changes.
    private static final double FIGHTS_PER_CHANGE = 0.12;

    private static final double FIGHTS_ALONE = 0.4;

    /// The load, with a fight beside it.
    ///
    /// @param changes a second
    /// @param poisonShare poison for each change, 0 to 1
    static Rates of(double changes, double poisonShare) {
        return new Rates(changes, changes * FIGHTS_PER_CHANGE, changes * poisonShare);
    }

    /// A fight alone, of about as many changes.
    ///
    /// @param changes a second
    static Rates ofFightAlone(double changes) {
        return new Rates(0, changes * FIGHTS_ALONE, 0);
    }
}
