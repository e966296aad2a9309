package dev.rowcast.indexer.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;

/// A case was opened or closed.
///
/// @param customer whose case it is
/// @param position of the captured change behind it; orders the turns of a customer
/// @param turn what happened, such as `opened`
/// @param time when, as the event says it
/// @param facts the case as it is now; shared, so nobody changes it
public record CaseUpdate(String customer, Position position, String turn, String time, ObjectNode facts) {}
