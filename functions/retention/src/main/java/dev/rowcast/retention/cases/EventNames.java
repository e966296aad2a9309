package dev.rowcast.retention.cases;

/// What the events of an action are called, as the attributes of a CloudEvent.
///
/// @param aggregate what they are about, such as `retention_case`; the last part of the topic's name
/// @param type the type without its last part, which is `opened` or `closed`
/// @param source the source
public record EventNames(String aggregate, String type, String source) {}
