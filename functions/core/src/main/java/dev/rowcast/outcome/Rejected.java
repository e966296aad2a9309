package dev.rowcast.outcome;

/// The event cannot be handled, however often it comes again: it belongs among the dead letters.
///
/// @param reason the kind of fault
/// @param message what is wrong, naming the column, in one line of at most [#MAX_MESSAGE] characters
public record Rejected(Reason reason, String message) implements Outcome {

    /// The longest message in characters; a longer one is cut, and ends in `...`.
    public static final int MAX_MESSAGE = 300;

    /// Makes one line of the message.
    public Rejected {
        message = message.replaceAll("\\p{Cntrl}+", " ").strip();
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE - 3) + "...";
        }
    }
}
