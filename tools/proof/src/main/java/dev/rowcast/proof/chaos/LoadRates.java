package dev.rowcast.proof.chaos;

/// What rows go through in a second.
///
/// @param changes of the load, which changes each row from one connection
/// @param fights transactions of the clients that fight over the same keys
/// @param poison events that nobody can handle
record LoadRates(double changes, double fights, double poison) {

    /// Nothing changes.
    static final LoadRates NONE = new LoadRates(0, 0, 0);

    /// A transaction of the fight makes between two and three changes.
    private static final double FIGHTS_PER_CHANGE = 0.12;

    private static final double FIGHTS_ALONE = 0.4;

    /// The load, with a fight beside it.
    ///
    /// @param changes a second
    /// @param poisonShare poison for each change, 0 to 1
    static LoadRates of(double changes, double poisonShare) {
        return new LoadRates(changes, changes * FIGHTS_PER_CHANGE, changes * poisonShare);
    }

    /// A fight alone, of about as many changes.
    ///
    /// @param changes a second
    static LoadRates ofFightAlone(double changes) {
        return new LoadRates(0, changes * FIGHTS_ALONE, 0);
    }
}
