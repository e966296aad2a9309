package dev.rowcast.table.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The digest of each file as it was written, by which an edited file is recognised. The text has the format of
/// `sha256sum`.
///
/// @param byFile digest of each file, by its path in the folder
record Digests(SortedMap<String, String> byFile) {

    private static final String HEAD = """
            # Written by make table: each file's digest as it was written. A file that has another one was edited, and is not overwritten.
            """;

    private static final int LENGTH = 64;

    /// Digests of no file.
    static final Digests NONE = new Digests(new TreeMap<>());

    /// Reads the text; ignores lines that are no digest.
    static Digests parse(String text) {
        SortedMap<String, String> found = new TreeMap<>();
        text.lines()
                .filter(line -> line.matches("[0-9a-f]{64} [ *].+"))
                .forEach(line -> found.put(line.substring(LENGTH + 2), line.substring(0, LENGTH)));
        return new Digests(found);
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        byFile.forEach(
                (file, digest) -> text.append(digest).append("  ").append(file).append('\n'));
        return text.toString();
    }

    byte[] bytes() {
        return text().getBytes(UTF_8);
    }

    /// The digest of a file as it was written; empty if the file was never written.
    Optional<String> of(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /// These digests with others in their place.
    ///
    /// @param changed the digest of each changed file; empty if the file is gone
    Digests with(Map<String, Optional<String>> changed) {
        SortedMap<String, String> all = new TreeMap<>(byFile);
        changed.forEach((file, digest) -> digest.ifPresentOrElse(now -> all.put(file, now), () -> all.remove(file)));
        return new Digests(all);
    }

    static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
