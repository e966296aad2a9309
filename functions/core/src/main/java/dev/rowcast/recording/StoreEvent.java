package dev.rowcast.recording;

/// A store answered a request. The event lasts from its creation to the answer.
abstract class StoreEvent extends PathEvent {

    private final transient String step;
    private final transient long began = TracedSteps.begin();

    /// Starts the clock.
    ///
    /// @param step its name in a trace
    StoreEvent(String step) {
        this.step = step;
        begin();
    }

    /// Stops the clock, and records the event if events of this kind are recorded.
    ///
    /// @param sent the number of rows or documents in the request
    /// @param answer recorded by the name of its class, which is looked up only then
    public final void ended(int sent, Object answer) {
        end();
        if (shouldCommit()) {
            describe(sent, answer.getClass().getSimpleName());
            commit();
        }
        TracedSteps.end(step, began, sent);
    }

    /// Sets the fields of the event.
    abstract void describe(int sent, String kind);
}
