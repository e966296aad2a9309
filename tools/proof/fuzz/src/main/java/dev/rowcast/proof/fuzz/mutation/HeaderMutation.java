package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import dev.rowcast.proof.fuzz.input.Header;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/// Mutations headers: one is missing, there twice, or holds something else; the event is of a foreign type, in another
/// mode,
/// or none at all. What goes out stays HTTP.
final class HeaderMutation implements Mutation {

    private static final List<String> TYPES = List.of(
            "dev.knative.kafka.event",
            "dev.rowcast.retention.opened",
            "dev.rowcast.retention.closed",
            "com.example.foreign",
            "dev.rowcast.retention.opened ",
            "*",
            "score",
            "index",
            "",
            "käse");
    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "text/plain",
            "application/octet-stream",
            "application/json; charset=utf-16",
            "application/cloudevents+json",
            "application/cloudevents+json; charset=utf-8",
            "application/cloudevents-batch+json",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/avro",
            ";",
            "");
    private static final List<Header> ODD = List.of(
            new Header("Content-Encoding", "gzip"),
            new Header("Content-Encoding", "br"),
            new Header("Accept", "nothing/at-all"),
            new Header("ce-", "no name"),
            new Header("ce-time", "yesterday"),
            new Header("ce-specversion", "0.3"),
            new Header("ce-specversion", "9.9"),
            new Header("ce-specversion", "x"),
            new Header("traceparent", "00-zz"),
            new Header("Cookie", "a=b; =; c"),
            new Header("Expect", "100-continue"),
            new Header("Range", "bytes=0-1"),
            new Header("X-HTTP-Method-Override", "DELETE"),
            new Header("Origin", "http://elsewhere"),
            new Header("Authorization", "Bearer x"),
            new Header("X-Forwarded-For", "not an address"));

    @Override
    public void inflict(InputDraft draft, RandomGenerator random) {
        int roll = random.nextInt(12);
        if (roll == 0) {
            draft.chunk();
            return;
        }
        draft.unsettle();
        List<Header> headers = draft.headers();
        switch (roll) {
            case 1 -> headers.remove(random.nextInt(headers.size()));
            case 2 -> headers.add(new Header(RandomValue.one(headers, random).name(), garbage(random)));
            case 3 -> {
                int at = random.nextInt(headers.size());
                headers.set(at, new Header(headers.get(at).name(), garbage(random)));
            }
            case 4, 5 -> set(headers, "ce-type", RandomValue.one(TYPES, random));
            case 6, 7 -> set(headers, "Content-Type", RandomValue.one(CONTENT_TYPES, random));
            case 8 -> headers.add(RandomValue.one(ODD, random));
            case 9 -> headers.removeIf(header -> header.name().startsWith("ce-"));
            case 10 -> structured(draft, random);
            default -> {
                headers.removeIf(header -> header.name().startsWith("ce-"));
                set(headers, "Content-Type", RandomValue.one(CONTENT_TYPES, random));
            }
        }
    }

    private static void set(List<Header> headers, String name, String text) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        headers.add(new Header(name, text));
    }

    /// The same event as one JSON document, with data as it is or in base64.
    private static void structured(InputDraft draft, RandomGenerator random) {
        String data = random.nextBoolean()
                ? "\"data\":" + new String(draft.body(), UTF_8)
                : "\"data_base64\":\"" + Base64.getEncoder().encodeToString(draft.body()) + '"';
        String event = "{\"specversion\":\"%s\",\"id\":\"1\",\"source\":\"s\",\"type\":\"%s\",%s}"
                .formatted(
                        random.nextInt(5) == 0 ? "0.3" : "1.0",
                        random.nextInt(5) == 0 ? RandomValue.one(TYPES, random) : TYPES.getFirst(),
                        data);
        draft.headers().removeIf(header -> header.name().startsWith("ce-"));
        set(draft.headers(), "Content-Type", "application/cloudevents+json");
        draft.body(event.getBytes(UTF_8));
    }

    private static String garbage(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(5) == 0 ? random.nextInt(2000) : random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0xA0, 0x3000) : random.nextInt(0x20, 0x7f)));
        }
        return text.toString();
    }
}
