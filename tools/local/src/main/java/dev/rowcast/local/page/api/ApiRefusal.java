package dev.rowcast.local.page.api;

/// A request that is refused, with the status and the message of the answer.
public final class ApiRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /// @param status of the HTTP answer
    /// @param message for the person at the page
    public ApiRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /// A request that lacks something or has a wrong value.
    public static ApiRefusal wrong(String message) {
        return new ApiRefusal(400, message);
    }

    /// The status of the answer.
    public int status() {
        return status;
    }
}
