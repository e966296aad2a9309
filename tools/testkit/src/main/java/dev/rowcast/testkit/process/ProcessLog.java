package dev.rowcast.testkit.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The part of a log file that one process wrote; earlier runs may have written the part before it.
///
/// @param file the log file
/// @param start the offset of the first byte of this process
public record ProcessLog(Path file, long start) {
    private static final int TAIL_BYTES = 1 << 16;

    /// {@return the part of the file after its current end}
    static ProcessLog from(Path file) throws IOException {
        return new ProcessLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// {@return the last lines of the last 64 KiB, oldest first, at most `count`}
    public List<String> lastLines(int count) {
        List<String> lines = tail().lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /// {@return true when the last 64 KiB contain the text}
    public boolean contains(String text) {
        return tail().contains(text);
    }

    private String tail() {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, reader.length() - TAIL_BYTES);
            reader.seek(from);
            byte[] bytes = new byte[(int) Math.max(0, reader.length() - from)];
            reader.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (FileNotFoundException missing) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException("The log " + file + " cannot be read", failure);
        }
    }
}
