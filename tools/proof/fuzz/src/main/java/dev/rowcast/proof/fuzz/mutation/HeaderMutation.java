package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.Header;
import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes headers: one is missing, repeated or has another value; the event has a foreign type, another
/// content mode, or is no CloudEvent. The request stays valid HTTP.
final class HeaderMutation implements Mutation {

    private static final List<String> TYPES = MutationValues.of("event-types");
    private static final List<String> CONTENT_TYPES = MutationValues.of("content-types");
    private static final List<String> UNUSUAL = MutationValues.of("headers");

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        int roll = random.nextInt(12);
        if (roll == 0) {
            draft.chunk();
            return;
        }
        draft.headersMatter();
        List<Header> headers = draft.headers();
        switch (roll) {
            case 1 -> headers.remove(random.nextInt(headers.size()));
            case 2 -> headers.add(new Header(MutationValues.any(headers, random).name(), garbage(random)));
            case 3 -> {
                int at = random.nextInt(headers.size());
                headers.set(at, new Header(headers.get(at).name(), garbage(random)));
            }
            case 4, 5 -> set(headers, "ce-type", MutationValues.any(TYPES, random));
            case 6, 7 -> set(headers, "Content-Type", MutationValues.any(CONTENT_TYPES, random));
            case 8 -> {
                String[] header = MutationValues.any(UNUSUAL, random).split(": ", 2);
                headers.add(new Header(header[0], header[1]));
            }
            case 9 -> headers.removeIf(header -> header.name().startsWith("ce-"));
            case 10 -> structured(draft, random);
            default -> {
                headers.removeIf(header -> header.name().startsWith("ce-"));
                set(headers, "Content-Type", MutationValues.any(CONTENT_TYPES, random));
            }
        }
    }

    private static void set(List<Header> headers, String name, String text) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        headers.add(new Header(name, text));
    }

    /// Sends the event in structured mode, its data as JSON or in base64.
    private static void structured(InputDraft draft, RandomGenerator random) {
        String data = random.nextBoolean()
                ? "\"data\":" + new String(draft.body(), UTF_8)
                : "\"data_base64\":\"" + Base64.getEncoder().encodeToString(draft.body()) + '"';
        String event = "{\"specversion\":\"%s\",\"id\":\"1\",\"source\":\"s\",\"type\":\"%s\",%s}"
                .formatted(
                        random.nextInt(5) == 0 ? "0.3" : "1.0",
                        random.nextInt(5) == 0 ? MutationValues.any(TYPES, random) : TYPES.getFirst(),
                        data);
        draft.headers().removeIf(header -> header.name().startsWith("ce-"));
        set(draft.headers(), "Content-Type", "application/cloudevents+json");
        draft.body(event.getBytes(UTF_8));
    }

    private static String garbage(RandomGenerator random) {
        return Stream.generate(() -> random.nextInt(4) == 0 ? random.nextInt(0xA0, 0x3000) : random.nextInt(0x20, 0x7f))
                .limit(random.nextInt(5) == 0 ? random.nextInt(2000) : random.nextInt(30))
                .map(letter -> Character.toString(letter))
                .collect(Collectors.joining());
    }
}
