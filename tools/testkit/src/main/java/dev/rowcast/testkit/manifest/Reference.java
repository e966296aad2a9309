package dev.rowcast.testkit.manifest;

/// A reference from one manifest to another.
final class Reference {
    private Reference() {}

    /// {@return the name of what a destination's `ref` points to}
    static String to(Field destination, String kind) {
        Field ref = destination.knowing("ref").at("ref").knowing("apiVersion", "kind", "name", "namespace");
        ref.at("apiVersion").text();
        ref.at("kind").oneOf(kind);
        return ref.at("name").text();
    }
}
