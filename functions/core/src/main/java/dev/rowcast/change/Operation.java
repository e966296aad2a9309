package dev.rowcast.change;

import java.util.Optional;

/// What happened to a row, as Debezium's `op` says it.
public enum Operation {
    /// A row was inserted.
    CREATE("c"),
    /// A row was updated.
    UPDATE("u"),
    /// A row was read by an initial or incremental snapshot.
    READ("r"),
    /// A row was deleted.
    DELETE("d");

    private final String code;

    Operation(String code) {
        this.code = code;
    }

    /// The letter Debezium writes for it.
    public String code() {
        return code;
    }

    /// The operation with this letter, or nothing when no operation on a single row has it.
    public static Optional<Operation> ofCode(String code) {
        for (Operation operation : values()) {
            if (operation.code.equals(code)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
