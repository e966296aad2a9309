package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.InputDraft;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Changes bytes of the body at random.
final class ByteMutation implements Mutation {

    private static final byte[] JSON_BYTES = "{}[]\",:\\0-.eEutnf\0ÿ".getBytes(ISO_8859_1);

    /// Invalid UTF-8: truncated, overlong, surrogates, beyond Unicode; and a byte order mark.
    private static final List<byte[]> BAD_UTF_8 = Stream.of(
                    "C3", "C080", "EDA080", "F4908080", "E228A1", "FFFE", "EFBBBF")
            .map(HexFormat.of()::parseHex)
            .toList();

    @Override
    public void apply(InputDraft draft, RandomGenerator random) {
        byte[] body = draft.body();
        if (body.length > 0) {
            draft.body(changed(body, random.nextInt(body.length), random));
        }
    }

    private static byte[] changed(byte[] body, int at, RandomGenerator random) {
        int length = Math.min(random.nextInt(1, 40), body.length - at);
        return switch (random.nextInt(10)) {
            case 0 -> with(body, at, (byte) random.nextInt(256));
            case 1 -> with(body, at, (byte) (body[at] ^ (1 << random.nextInt(8))));
            case 2 -> with(body, at, JSON_BYTES[random.nextInt(JSON_BYTES.length)]);
            case 3 -> Arrays.copyOf(body, at);
            case 4 -> spliced(body, at, 0, Arrays.copyOfRange(body, at, at + length));
            case 5 -> spliced(body, at, length, new byte[0]);
            case 6 -> {
                int from = random.nextInt(body.length - length + 1);
                yield spliced(body, at, length, Arrays.copyOfRange(body, from, from + length));
            }
            case 7 -> spliced(body, at, 0, MutationValues.any(BAD_UTF_8, random));
            case 8 -> spliced(body, random.nextBoolean() ? 0 : body.length, 0, body);
            default -> new String(body, UTF_8).getBytes(UTF_16LE);
        };
    }

    private static byte[] with(byte[] body, int at, byte other) {
        byte[] changed = body.clone();
        changed[at] = other;
        return changed;
    }

    private static byte[] spliced(byte[] body, int at, int removed, byte[] inserted) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(body.length + inserted.length);
        spliced.write(body, 0, at);
        spliced.writeBytes(inserted);
        spliced.write(body, at + removed, body.length - at - removed);
        return spliced.toByteArray();
    }
}
