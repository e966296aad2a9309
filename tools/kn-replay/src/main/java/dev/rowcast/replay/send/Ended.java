package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.DeliveryError;
import dev.rowcast.kafkasource.http.Answer;

/// How the way of one event ended.
public sealed interface Ended {

    /// The function took it.
    record Accepted(int status) implements Ended {}

    /// The function would not take it, or did not answer until all tries were over.
    record Refused(Answer last) implements Ended {

        /// Why, in the function's own words where it has any.
        public String reason() {
            return switch (last) {
                case Answer.Answered answered ->
                    DeliveryError.extensions("", answered).getOrDefault("rowcastreason", "-");
                case Answer.Unreachable _ -> "unreachable";
                case Answer.Broken _ -> "no answer";
                case Answer.TimedOut _ -> "timeout";
            };
        }

        /// The reason at length.
        public String message() {
            return switch (last) {
                case Answer.Answered answered ->
                    DeliveryError.extensions("", answered).getOrDefault("rowcastmessage", "-");
                case Answer.Unreachable nobody -> nobody.reason();
                case Answer.Broken broken -> broken.reason();
                case Answer.TimedOut late -> late.reason();
            };
        }
    }

    /// It cannot be sent over HTTP at all, and KafkaSource drops it for the same reason.
    record Unsendable(String reason) implements Ended {}

    /// Nothing is known of it: the command was interrupted before its end.
    record Cut() implements Ended {}
}
