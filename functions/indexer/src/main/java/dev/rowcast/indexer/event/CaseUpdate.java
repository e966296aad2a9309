package dev.rowcast.indexer.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;

/// A case was opened or closed.
///
/// @param customer the customer's key
/// @param position the position of the captured change that caused it; orders the updates of a customer
/// @param event the kind of event, such as `opened`
/// @param time the time in the event
/// @param facts the current state of the case; shared, must not be changed
public record CaseUpdate(String customer, Position position, String event, String time, ObjectNode facts) {}
