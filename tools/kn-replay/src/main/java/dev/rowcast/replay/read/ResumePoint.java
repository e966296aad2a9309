package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is still to be read of a topic, as one word that can be typed: `TOPIC:PARTITION=FROM-TO,…`.
///
/// @param spans what is left of each partition, none of them empty
public record ResumePoint(String topic, List<OffsetRange> spans) {

    private static final Pattern SHAPE = Pattern.compile("([a-zA-Z0-9._-]+):(\\d+=\\d+-\\d+(?:,\\d+=\\d+-\\d+)*)?");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})=(\\d{1,18})-(\\d{1,18})");

    /// Leaves out what is empty.
    public ResumePoint {
        spans = spans.stream().filter(span -> span.size() > 0).toList();
    }

    /// Reads it.
    ///
    /// @param text the word itself, or the name of a file that holds it
    /// @throws UsageException when it is neither
    public static ResumePoint of(String text) {
        Matcher shape = SHAPE.matcher(text);
        return shape.matches() ? parse(shape, text) : fromFile(text);
    }

    private static ResumePoint parse(Matcher shape, String text) {
        try {
            List<OffsetRange> spans = shape.group(2) == null
                    ? List.of()
                    : Arrays.stream(shape.group(2).split(",", -1))
                            .map(ResumePoint::span)
                            .toList();
            if (spans.stream().map(OffsetRange::partition).distinct().count() < spans.size()) {
                throw new UsageException("the resume point " + text + " names a partition twice");
            }
            return new ResumePoint(shape.group(1), spans);
        } catch (IllegalArgumentException noSpan) {
            throw new UsageException("the resume point " + text + " cannot be: " + noSpan.getMessage());
        }
    }

    private static OffsetRange span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new IllegalArgumentException(text + " is no part of a partition");
        }
        return new OffsetRange(Integer.parseInt(span.group(1)), Long.parseLong(span.group(2)), Long.parseLong(span.group(3)));
    }

    private static ResumePoint fromFile(String file) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            Matcher shape = SHAPE.matcher(text);
            if (shape.matches()) {
                return parse(shape, text);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException(file + " is neither a resume point (TOPIC:PARTITION=FROM-TO,…) nor a file that holds one");
        }
        throw new UsageException("the file " + file + " holds no resume point (TOPIC:PARTITION=FROM-TO,…)");
    }

    /// Keeps it in a file, in one step.
    public void write(Path file) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(draft, this + "\n");
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return topic + ":"
                + spans.stream()
                        .map(span -> span.partition() + "=" + span.from() + "-" + span.to())
                        .collect(Collectors.joining(","));
    }
}
