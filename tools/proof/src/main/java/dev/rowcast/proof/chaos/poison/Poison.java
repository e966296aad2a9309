package dev.rowcast.proof.chaos.poison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// Kinds of poison events, and the reason that each function must give for its rejection.
public enum Poison {
    /// Bytes that are no UTF-8.
    GARBAGE(Reason.NOT_JSON, Reason.NOT_JSON),
    /// A truncated event.
    TRUNCATED(Reason.NOT_JSON, Reason.NOT_JSON),
    /// JSON without a Debezium envelope.
    FOREIGN(Reason.NO_ENVELOPE, Reason.NO_ENVELOPE),
    /// A change without a log position.
    NO_POSITION(Reason.POSITION_MISSING, Reason.POSITION_MISSING),
    /// A row without key.
    NO_KEY(Reason.KEY_MISSING, Reason.KEY_MISSING),
    /// A column that Debezium could not read from the WAL.
    PLACEHOLDER(Reason.TOAST_PLACEHOLDER, Reason.TOAST_PLACEHOLDER),
    /// A text that Postgres cannot store.
    NUL(Reason.COLUMN_UNREADABLE, Reason.COLUMN_UNREADABLE),
    /// A document with too many levels.
    TOO_DEEP(Reason.TOO_LARGE, Reason.TOO_LARGE),
    /// A text in a column of numbers.
    WRONG_TYPE(Reason.FEATURE_TYPE, Reason.NOT_STORABLE),
    /// A row without a column that the model needs: it can be indexed, but not scored.
    NO_FEATURE(Reason.FEATURE_MISSING, null);

    /// Prefix of the keys of poison events.
    public static final String KEY = "POISON-";

    private static final int DEPTH = 400;

    private final Reason predictor;
    private final Optional<Reason> indexer;

    Poison(Reason predictor, Reason indexer) {
        this.predictor = predictor;
        this.indexer = Optional.ofNullable(indexer);
    }

    /// {@return the reason of a function's rejection; empty when the function accepts the event}
    public Optional<Reason> reasonOf(String function) {
        return switch (function) {
            // Both read with the same decoder.
            case "predictor", "retention" -> Optional.of(predictor);
            case "indexer" -> indexer;
            default -> throw new IllegalArgumentException("unknown function " + function);
        };
    }

    /// {@return a key of this kind only} In a batch, a newer change of the same key would settle an older
    /// poison event before the function reads it.
    ///
    /// @param number distinguishes keys of the same kind
    byte[] key(int number) {
        return (KEY + name() + "-" + number).getBytes(StandardCharsets.UTF_8);
    }

    /// {@return the bytes of a poison event}
    ///
    /// @param event a valid change, which is modified; column `tenure` is a number
    byte[] spoil(ObjectNode event) {
        return switch (this) {
            case GARBAGE -> new byte[] {(byte) 0xff, 0x00, (byte) 0xfe, 0x7b, 0x0d};
            case TRUNCATED -> {
                byte[] whole = bytes(event);
                yield Arrays.copyOf(whole, whole.length / 2);
            }
            case FOREIGN -> "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
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
