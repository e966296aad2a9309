package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.outcome.Rejected;
import java.util.SequencedMap;

/// A body that was read as JSON.
///
/// @param root the document
/// @param leftOutOfBefore the columns of `before` that could not be read, each with the reason; none of them is in
/// `root`
record EventDocument(JsonNode root, SequencedMap<String, Rejected> leftOutOfBefore) {}
