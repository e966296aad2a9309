package dev.rowcast.indexer.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;

/// A case was opened or closed.
///
/// @param action the type of the action's events, without the kind of event
/// @param key the key of the case's row
/// @param position the position of the captured change that caused it; orders the updates of a case
/// @param event the kind of event, such as `opened`
/// @param time the time in the event
/// @param facts the current state of the case; shared, must not be changed
public record CaseUpdate(String action, Key key, Position position, String event, String time, ObjectNode facts) {}
