package dev.rowcast.testkit.manifest;

/// A manifest that cannot be honoured; the message is one line that names the file, the place in it and what is wrong.
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ManifestException(String message) {
        super(message);
    }

    ManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
