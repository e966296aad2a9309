package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.outcome.Rejected;
import java.util.SequencedMap;

/// A body as parsed JSON.
///
/// @param root the document
/// @param leftOutOfBefore the unreadable columns of `before`, each with its reason; none of them
///     is in `root`
record EventDocument(JsonNode root, SequencedMap<String, Rejected> leftOutOfBefore) {}
