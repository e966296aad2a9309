package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.FunctionResponse;

/// How the way of one event ended.
public sealed interface SendOutcome {

    /// The function took it.
    record Accepted(int status) implements SendOutcome {}

    /// The function would not take it, or did not answer until all tries were over.
    record Refused(FunctionResponse last) implements SendOutcome {

        /// Why, in the function's own words where it has any.
        public String reason() {
            return switch (last) {
                case FunctionResponse.Answered answered ->
                    ErrorExtensions.extensions("", answered).getOrDefault("rowcastreason", "-");
                case FunctionResponse.Unreachable _ -> "unreachable";
                case FunctionResponse.Broken _ -> "no answer";
                case FunctionResponse.TimedOut _ -> "timeout";
            };
        }

        /// The reason at length.
        public String message() {
            return switch (last) {
                case FunctionResponse.Answered answered ->
                    ErrorExtensions.extensions("", answered).getOrDefault("rowcastmessage", "-");
                case FunctionResponse.Unreachable nobody -> nobody.reason();
                case FunctionResponse.Broken broken -> broken.reason();
                case FunctionResponse.TimedOut late -> late.reason();
            };
        }
    }

    /// It cannot be sent over HTTP at all, and KafkaSource drops it for the same reason.
    record Unsendable(String reason) implements SendOutcome {}

    /// Nothing is known of it: the command was interrupted before its end.
    record Cut() implements SendOutcome {}
}
