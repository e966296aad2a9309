package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.http.FunctionResponse;
import java.util.Optional;

/// The outcome of sending one event.
public sealed interface SendOutcome {

    /// The function accepted it.
    record Accepted(int status) implements SendOutcome {}

    /// The function rejected it, or gave no successful response in all tries.
    record Refused(FunctionResponse last) implements SendOutcome {

        /// {@return the reason that the function gave, or the kind of failure}
        public String reason() {
            return last instanceof FunctionResponse.Answered answered
                    ? header(answered, "kne-rowcastreason")
                    : StatusCounts.status(last);
        }

        /// {@return the message that the function gave, or the cause of the failure}
        public String message() {
            return switch (last) {
                case FunctionResponse.Answered answered -> header(answered, "kne-rowcastmessage");
                case FunctionResponse.NoAnswer failure -> failure.reason();
            };
        }

        private static String header(FunctionResponse.Answered answered, String name) {
            return Optional.ofNullable(answered.headers().get(name)).orElse("-");
        }
    }

    /// It cannot be sent over HTTP; KafkaSource tries it as often as any other event, and then drops it.
    record Unsendable(String reason) implements SendOutcome {}

    /// Unknown: the command was interrupted before the event was accepted or refused.
    record Interrupted() implements SendOutcome {}
}
