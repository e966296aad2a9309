package dev.rowcast.indexer.document;

import dev.rowcast.change.Position;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/// The address of a document.
///
/// @param index name of the index
/// @param id the `_id`: the row's key, and in a history the position before it
public record Target(String index, String id) implements Comparable<Target> {

    /// Maximum length of an `_id` in Elasticsearch, in bytes of UTF-8.
    public static final int MAX_ID_BYTES = 512;

    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::index).thenComparing(Target::id);

    /// The address of this document at a position in a history. A key that would make the id too long is
    /// replaced by its digest.
    Target pointIn(String history, Position position) {
        String place = "%d-%d-%d-".formatted(position.epoch(), position.commit(), position.lsn());
        boolean fits = place.length() + id.getBytes(StandardCharsets.UTF_8).length <= MAX_ID_BYTES;
        return new Target(history, place + (fits ? id : digest(id)));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /// Why Elasticsearch rejects this id, in one line; empty if it is valid.
    Optional<String> problem() {
        if (id.isEmpty()) {
            return Optional.of("an empty key cannot be the id of a document in " + index);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            return Optional.of("a key with half a character cannot be the id of a document in " + index);
        }
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_ID_BYTES
                ? Optional.empty()
                : Optional.of("a key of %d bytes cannot be the id of a document in %s: the limit is %d bytes"
                        .formatted(bytes, index, MAX_ID_BYTES));
    }

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }
}
