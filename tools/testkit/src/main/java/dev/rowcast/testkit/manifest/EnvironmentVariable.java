package dev.rowcast.testkit.manifest;

/// A variable of a function's environment.
public sealed interface EnvironmentVariable {

    /// {@return the variable's name}
    String name();

    /// A variable whose value is in the manifest.
    ///
    /// @param name the variable's name
    /// @param value its value
    record Literal(String name, String value) implements EnvironmentVariable {}

    /// A variable whose value is in a secret; a local run knows the value itself.
    ///
    /// @param name the variable's name
    /// @param secret the secret's name
    /// @param key the key in the secret
    record FromSecret(String name, String secret, String key) implements EnvironmentVariable {}
}
