package dev.rowcast.testkit.manifest.yaml;

/// A manifest that a local run cannot use. The message is one line: the file, the field and the error.
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message file, field and error
    public ManifestException(String message) {
        super(message);
    }

    ManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
