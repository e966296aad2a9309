package dev.rowcast.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes variants of the shipped model: the same graph with other metadata. An ONNX file is one protobuf message; its
/// metadata are the fields [#METADATA], each a message of a key (1) and a value (2).
final class OnnxFile {

    private static final int METADATA = 14;
    private static final int LENGTH_DELIMITED = 2;

    private OnnxFile() {}

    static Path withMetadata(Path folder, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteBuffer model = ByteBuffer.wrap(Files.readAllBytes(ShippedModel.FILE));
        while (model.hasRemaining()) {
            int start = model.position();
            long tag = varint(model);
            skip(model, (int) (tag & 7));
            if (tag >> 3 != METADATA) {
                file.write(model.array(), start, model.position() - start);
            }
        }
        metadata.forEach((key, value) -> {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            field(entry, 1, key.getBytes(StandardCharsets.UTF_8));
            field(entry, 2, value.getBytes(StandardCharsets.UTF_8));
            field(file, METADATA, entry.toByteArray());
        });
        return Files.write(Files.createTempFile(folder, "model", ".onnx"), file.toByteArray());
    }

    private static void skip(ByteBuffer model, int wireType) {
        switch (wireType) {
            case 0 -> varint(model);
            case 1 -> model.position(model.position() + Long.BYTES);
            case LENGTH_DELIMITED -> {
                int length = (int) varint(model);
                model.position(model.position() + length);
            }
            case 5 -> model.position(model.position() + Integer.BYTES);
            default -> throw new IllegalStateException("not a field: wire type " + wireType);
        }
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        out.write((number << 3) | LENGTH_DELIMITED);
        int rest = content.length;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(content);
    }
}
