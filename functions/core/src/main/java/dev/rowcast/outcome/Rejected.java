package dev.rowcast.outcome;

/// The event can never be handled, even if it is sent again: it becomes a dead letter.
///
/// @param reason the kind of fault
/// @param message the fault, with the name of the column, in one line of at most [#MAX_MESSAGE] characters
public record Rejected(Reason reason, String message) implements Outcome {

    /// The maximum length of a message; a longer one is cut and ends in `...`.
    public static final int MAX_MESSAGE = 300;

    /// Replaces line breaks and shortens the message.
    public Rejected {
        message = header(message);
    }

    /// {@return the message as it fits into a header of the answer, and of the dead letter}
    static String header(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE - 3) + "..." : line;
    }
}
