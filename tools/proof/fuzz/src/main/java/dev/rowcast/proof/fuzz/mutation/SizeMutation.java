package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.util.random.RandomGenerator;

/// Makes a body large: up to two megabytes of one text, of many values, or of depth.
final class SizeMutation implements Mutation {

    private static final int MOST_BYTES = 2_000_000;

    @Override
    public void inflict(InputDraft draft, RandomGenerator random) {
        int bytes = random.nextInt(MOST_BYTES / 20, MOST_BYTES);
        String body = new String(draft.body(), UTF_8);
        String large = switch (random.nextInt(5)) {
            case 0 -> "{\"padding\":\"" + "x".repeat(bytes) + "\",";
            case 1 -> "{\"padding\":[" + "0,".repeat(bytes / 2) + "0],";
            case 2 -> "{\"padding\":" + "[".repeat(bytes) + ",";
            case 3 -> columns(bytes);
            default -> "{\"padding\":" + "9".repeat(bytes) + ",";
        };
        // Inside the row it is a column of the table, before all else it is a field of the envelope.
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
