package dev.rowcast.change;

import java.util.Optional;

/// The operation on a row, from Debezium's field `op`.
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

    /// Debezium's letter for this operation.
    public String code() {
        return code;
    }

    /// The operation with this letter; empty if no operation on a single row has it.
    public static Optional<Operation> ofCode(String code) {
        for (Operation operation : values()) {
            if (operation.code.equals(code)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
