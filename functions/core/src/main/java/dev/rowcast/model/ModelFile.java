package dev.rowcast.model;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/// The bytes of an ONNX file: one protobuf message with the metadata in the fields [#METADATA]; all other
/// fields are the graph.
public final class ModelFile {

    private static final int METADATA = 14;
    private static final int COMMENT = 6;
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;
    private static final int EXTERNAL_DATA = 13;
    private static final int LENGTH_DELIMITED = 2;

    private final byte[] content;

    private ModelFile(byte[] content) {
        this.content = content;
    }

    /// Reads a file.
    public static ModelFile read(Path file) throws IOException {
        return new ModelFile(Files.readAllBytes(file));
    }

    /// All bytes; shared, so they must not be changed.
    public byte[] content() {
        return content;
    }

    /// The digest of the file without its metadata, such as `sha256:…`; it does not depend on the contract.
    ///
    /// @throws ContractException if the bytes are not a protobuf message
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Field field : fields(ByteBuffer.wrap(content))) {
                if (field.number() != METADATA) {
                    digest.update(field.whole());
                }
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Returns whether the graph stores a tensor in another file, which the digest does not cover.
    ///
    /// @throws ContractException if the bytes are not a protobuf message
    boolean needsOtherFiles() {
        return fields(ByteBuffer.wrap(content)).stream()
                .filter(is(GRAPH))
                .flatMap(graph -> fields(graph.value()).stream())
                .filter(is(INITIALIZER))
                .flatMap(tensor -> fields(tensor.value()).stream())
                .anyMatch(is(EXTERNAL_DATA));
    }

    /// The contract in the metadata.
    ///
    /// @throws ContractException if there is none
    public String contract() {
        for (Field field : fields(ByteBuffer.wrap(content))) {
            if (field.number() == METADATA) {
                List<Field> entry = fields(field.value());
                if (entry.size() == 2 && text(entry.getFirst()).equals(ModelContract.METADATA_KEY)) {
                    return text(entry.getLast());
                }
            }
        }
        throw new ContractException(
                "its metadata has no " + ModelContract.METADATA_KEY + ", so its inputs are unknown");
    }

    private static String text(Field field) {
        return StandardCharsets.UTF_8.decode(field.value()).toString();
    }

    /// A graph with the same scores and another digest: only the comment of the file differs.
    public ModelFile withNote(String note) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(content);
        write(file, COMMENT, note.getBytes(StandardCharsets.UTF_8));
        return new ModelFile(file.toByteArray());
    }

    /// The same graph with a contract as its only metadata.
    ///
    /// @param contract the contract's document
    public ModelFile withContract(String contract) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Field field : fields(ByteBuffer.wrap(content))) {
            if (field.number() != METADATA) {
                ByteBuffer bytes = field.whole();
                file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
        }
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        write(entry, 1, ModelContract.METADATA_KEY.getBytes(StandardCharsets.UTF_8));
        write(entry, 2, contract.getBytes(StandardCharsets.UTF_8));
        write(file, METADATA, entry.toByteArray());
        return new ModelFile(file.toByteArray());
    }

    /// A field of a message.
    ///
    /// @param whole all bytes of the field, with tag and length
    /// @param value the bytes of a value that has a length; empty for others
    private record Field(int number, ByteBuffer whole, ByteBuffer value) {}

    private static Predicate<Field> is(int number) {
        return field -> field.number() == number;
    }

    private static List<Field> fields(ByteBuffer message) {
        List<Field> fields = new ArrayList<>();
        try {
            while (message.hasRemaining()) {
                int start = message.position();
                long tag = varint(message);
                ByteBuffer value = value(message, (int) (tag & 7));
                fields.add(new Field((int) (tag >>> 3), message.slice(start, message.position() - start), value));
            }
        } catch (BufferUnderflowException | IllegalArgumentException cut) {
            throw new ContractException("the ONNX file is incomplete", cut);
        }
        return fields;
    }

    private static ByteBuffer value(ByteBuffer message, int wireType) {
        int length = switch (wireType) {
            case 0 -> {
                varint(message);
                yield 0;
            }
            case 1 -> Long.BYTES;
            case LENGTH_DELIMITED -> Math.toIntExact(Math.min(varint(message), Integer.MAX_VALUE));
            case 5 -> Integer.BYTES;
            default -> throw new ContractException("not an ONNX file: a field has the wire type " + wireType);
        };
        ByteBuffer value = wireType == LENGTH_DELIMITED && length <= message.remaining()
                ? message.slice(message.position(), length)
                : ByteBuffer.allocate(0);
        message.position(message.position() + length);
        return value;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value < 0 ? Long.MAX_VALUE : value;
            }
        }
        throw new ContractException("not an ONNX file: a number has no end");
    }

    private static void write(ByteArrayOutputStream out, int number, byte[] content) {
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
