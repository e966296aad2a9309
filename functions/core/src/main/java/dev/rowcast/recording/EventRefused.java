package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// A function answered an event with 422 or 503.
@Name("dev.rowcast.EventRefused")
@Label("Event Refused")
@Description("A function answered an event with 422 or 503")
public final class EventRefused extends PathEvent {

    @Label("CloudEvent Id")
    String id = "";

    @Label("Status")
    int status;

    @Label("Message")
    String message = "";

    /// Records a refused event if events of this kind are recorded.
    ///
    /// @param id `ce-id` of the event; empty if it has none
    /// @param status of the HTTP answer
    /// @param message why, in one line
    public static void record(String id, int status, String message) {
        EventRefused event = new EventRefused();
        if (event.shouldCommit()) {
            event.id = id;
            event.status = status;
            event.message = message;
            event.commit();
        }
    }
}
