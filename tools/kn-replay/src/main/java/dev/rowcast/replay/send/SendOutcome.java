package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.FunctionResponse;

/// The outcome of sending one event.
public sealed interface SendOutcome {

    /// The function accepted it.
    record Accepted(int status) implements SendOutcome {}

    /// The function rejected it, or gave no successful response in all tries.
    record Refused(FunctionResponse last) implements SendOutcome {

        /// {@return the reason that the function gave, or the kind of failure}
        public String reason() {
            return last instanceof FunctionResponse.Answered answered
                    ? extension(answered, "rowcastreason")
                    : StatusCounts.status(last);
        }

        /// {@return the message that the function gave, or the cause of the failure}
        public String message() {
            return switch (last) {
                case FunctionResponse.Answered answered -> extension(answered, "rowcastmessage");
                case FunctionResponse.NoAnswer failure -> failure.reason();
            };
        }

        private static String extension(FunctionResponse.Answered answered, String name) {
            return ErrorExtensions.extensions("", answered).getOrDefault(name, "-");
        }
    }

    /// It cannot be sent over HTTP; KafkaSource drops it for the same reason.
    record Unsendable(String reason) implements SendOutcome {}

    /// Unknown: the command was interrupted before the event was accepted or refused.
    record Interrupted() implements SendOutcome {}
}
