package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// Adds up to two megabytes to the body: one long text, many values, deep nesting or many columns.
final class SizeMutation implements Mutation {

    private static final int MOST_BYTES = 2_000_000;

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        int bytes = random.nextInt(MOST_BYTES / 20, MOST_BYTES);
        String body = new String(draft.body(), UTF_8);
        String large = switch (random.nextInt(5)) {
            case 0 -> "{\"padding\":\"" + "x".repeat(bytes) + "\",";
            case 1 -> "{\"padding\":[" + "0,".repeat(bytes / 2) + "0],";
            case 2 -> "{\"padding\":" + "[".repeat(bytes) + ",";
            case 3 -> columns(bytes);
            default -> "{\"padding\":" + "9".repeat(bytes) + ",";
        };
        // In `after` it is a column of the table, at the start of the document a field of the envelope.
        String place = random.nextBoolean() && body.contains("\"after\":{") ? "\"after\":{" : "{";
        int at = body.indexOf(place) + place.length();
        draft.body((body.substring(0, at) + large.substring(1) + body.substring(at)).getBytes(UTF_8));
    }

    private static String columns(int bytes) {
        StringBuilder columns = new StringBuilder("{");
        for (int i = 0; columns.length() < bytes / 2; i++) {
            columns.append("\"c").append(i).append("\":").append(i).append(',');
        }
        return columns.toString();
    }
}
