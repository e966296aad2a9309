package dev.rowcast.testkit.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What one process wrote into its log file, which earlier runs may have begun.
///
/// @param file the log file
/// @param start the byte at which this process's part begins
public record ProcessLog(Path file, long start) {
    private static final int TAIL_BYTES = 1 << 16;

    /// {@return the part of the file that is still to be written}
    static ProcessLog from(Path file) throws IOException {
        return new ProcessLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// {@return up to so many of the last lines, oldest first, out of the last 64 KiB}
    public List<String> lastLines(int count) {
        List<String> lines = tail().lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /// {@return true when the last 64 KiB hold the text}
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
        } catch (java.io.FileNotFoundException missing) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException("The log " + file + " cannot be read", failure);
        }
    }
}
