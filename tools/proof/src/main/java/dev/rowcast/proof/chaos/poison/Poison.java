package dev.rowcast.proof.chaos.poison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// Events that nobody can handle, and what each function must say about them.
public enum Poison {
    /// Bytes that are no text.
    GARBAGE(Reason.NOT_JSON, Reason.NOT_JSON),
    /// An event that was cut off.
    TRUNCATED(Reason.NOT_JSON, Reason.NOT_JSON),
    /// JSON of somebody else.
    FOREIGN(Reason.NO_ENVELOPE, Reason.NO_ENVELOPE),
    /// A change of a table that nobody expects.
    UNKNOWN_TABLE(Reason.TABLE_UNKNOWN, Reason.TABLE_UNKNOWN),
    /// A change without a log position.
    NO_POSITION(Reason.POSITION_MISSING, Reason.POSITION_MISSING),
    /// A row without its key.
    NO_KEY(Reason.KEY_MISSING, Reason.KEY_MISSING),
    /// A column that was not part of the log record.
    PLACEHOLDER(Reason.TOAST_PLACEHOLDER, Reason.TOAST_PLACEHOLDER),
    /// A text that no database holds.
    NUL(Reason.COLUMN_UNREADABLE, Reason.COLUMN_UNREADABLE),
    /// A document deeper than any row.
    TOO_DEEP(Reason.TOO_LARGE, Reason.TOO_LARGE),
    /// A text where a number belongs.
    WRONG_TYPE(Reason.FEATURE_TYPE, Reason.NOT_STORABLE),
    /// A row without a column that the model needs: it can be searched, and not scored.
    NO_FEATURE(Reason.FEATURE_MISSING);

    /// Begins the keys of all poison.
    public static final String KEY = "POISON-";

    private static final int DEPTH = 400;

    private final Reason predictor;
    private final Optional<Reason> indexer;

    Poison(Reason predictor, Reason indexer) {
        this.predictor = predictor;
        this.indexer = Optional.of(indexer);
    }

    Poison(Reason predictor) {
        this.predictor = predictor;
        this.indexer = Optional.empty();
    }

    /// Why a function rejects it; empty when it can handle it.
    ///
    /// @param function its name
    public Optional<Reason> reasonOf(String function) {
        return switch (function) {
            // They read by the same decoder.
            case "predictor", "retention" -> Optional.of(predictor);
            case "indexer" -> indexer;
            default -> throw new IllegalArgumentException("it is not known what " + function + " says about poison");
        };
    }

    /// A key that no other kind has. A newer change of the same key, in the same batch, would settle an older one that
    /// cannot be handled before anybody looks at it, and rightly so.
    ///
    /// @param number tells keys of the same kind apart
    byte[] key(int number) {
        return (KEY + name() + "-" + number).getBytes(StandardCharsets.UTF_8);
    }

    /// Its bytes.
    ///
    /// @param event a good change, which it may spoil; column `tenure` is a number
    byte[] spoil(ObjectNode event) {
        return switch (this) {
            case GARBAGE -> new byte[] {(byte) 0xff, 0x00, (byte) 0xfe, 0x7b, 0x0d};
            case TRUNCATED -> {
                byte[] whole = bytes(event);
                yield java.util.Arrays.copyOf(whole, whole.length / 2);
            }
            case FOREIGN -> "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
            case UNKNOWN_TABLE -> with(event, e -> part(e, "source").put("table", "somebody_elses"));
            case NO_POSITION -> with(event, e -> part(e, "source").remove("lsn"));
            case NO_KEY -> with(event, e -> part(e, "after").remove("customerid"));
            case PLACEHOLDER -> with(event, e -> part(e, "after").put("contract", "\0__debezium_unavailable_value"));
            case NUL -> with(event, e -> part(e, "after").put("contract", "Two\0year"));
            case TOO_DEEP -> ("[".repeat(DEPTH) + "]".repeat(DEPTH)).getBytes(StandardCharsets.UTF_8);
            case WRONG_TYPE -> with(event, e -> part(e, "after").put("tenure", "many"));
            case NO_FEATURE -> with(event, e -> part(e, "after").remove("tenure"));
        };
    }

    private static byte[] with(ObjectNode event, Consumer<ObjectNode> fault) {
        fault.accept(event);
        return bytes(event);
    }

    private static ObjectNode part(ObjectNode event, String name) {
        return (ObjectNode) event.path(name);
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
