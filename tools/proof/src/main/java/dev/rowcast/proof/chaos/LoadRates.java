package dev.rowcast.proof.chaos;

/// Rates of the load, per second.
///
/// @param changes of the plain load, which changes each row from one connection
/// @param fights transactions of the clients that fight over the same keys
/// @param poison events
record LoadRates(double changes, double fights, double poison) {

    /// No load.
    static final LoadRates NONE = new LoadRates(0, 0, 0);

    /// A transaction of the fight contains two to three changes.
    private static final double FIGHTS_PER_CHANGE = 0.12;

    private static final double FIGHTS_ALONE = 0.4;

    /// {@return plain load with a fight}
    ///
    /// @param poisonShare poison events per change, 0 to 1
    static LoadRates of(double changes, double poisonShare) {
        return new LoadRates(changes, changes * FIGHTS_PER_CHANGE, changes * poisonShare);
    }

    /// {@return a fight without plain load, with about as many changes}
    static LoadRates ofFightAlone(double changes) {
        return new LoadRates(0, changes * FIGHTS_ALONE, 0);
    }
}
