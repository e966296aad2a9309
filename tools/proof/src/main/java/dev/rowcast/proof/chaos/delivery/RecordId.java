package dev.rowcast.proof.chaos.delivery;

import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The record that an event was made of.
///
/// @param topic its topic
/// @param partition its partition
/// @param offset its offset
public record RecordId(String topic, int partition, long offset) {

    private static final Pattern ID = Pattern.compile("partition:(\\d{1,9})/offset:(\\d{1,18})");

    /// Out of the attributes of a CloudEvent.
    ///
    /// @param source such as `/apis/v1/namespaces/NS/kafkasources/NAME#TOPIC`
    /// @param id such as `partition:0/offset:7`
    /// @return empty when they are not of that kind
    public static Optional<RecordId> of(String source, String id) {
        Matcher matcher = ID.matcher(id);
        int topic = source.lastIndexOf('#');
        return topic < 0 || !matcher.matches()
                ? Optional.empty()
                : Optional.of(new RecordId(
                        source.substring(topic + 1),
                        Integer.parseInt(matcher.group(1)),
                        Long.parseLong(matcher.group(2))));
    }

    /// Out of the headers of a request.
    static Optional<RecordId> of(MultiMap headers) {
        return of(
                Optional.ofNullable(headers.get("ce-source")).orElse(""),
                Optional.ofNullable(headers.get("ce-id")).orElse(""));
    }
}
