package dev.rowcast.testkit.manifest;

/// An index template of Elasticsearch, from `index-templates` of `eck` or of a table's folder.
///
/// @param name of the template
/// @param body JSON, the body of `PUT _index_template/<name>`
public record IndexTemplate(String name, String body) {}
