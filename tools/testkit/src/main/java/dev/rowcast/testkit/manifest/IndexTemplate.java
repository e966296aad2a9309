package dev.rowcast.testkit.manifest;

/// An index template of Elasticsearch, from `eck/index-templates`.
///
/// @param name of the template
/// @param body JSON, the body of `PUT _index_template/<name>`
public record IndexTemplate(String name, String body) {}
