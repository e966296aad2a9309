package dev.rowcast.model.contract;

/// A model cannot be used: its file cannot be read, or its contract is missing, wrong or violated
/// by its graph.
public final class ContractException extends RuntimeException {

    /// @param message what is wrong and where, in one line
    public ContractException(String message) {
        super(message);
    }

    /// @param message what is wrong and where, in one line
    /// @param cause the original exception
    public ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}
