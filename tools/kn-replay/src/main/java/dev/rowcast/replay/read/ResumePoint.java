package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The records of a topic that are still to be read, as one word that can
/// be typed: `TOPIC:PARTITION=FROM-TO,…`.
///
/// @param ranges the rest of each partition, none of them empty
public record ResumePoint(String topic, List<OffsetRange> ranges) {

    private static final String RANGE = "\\d{1,9}=\\d{1,18}-\\d{1,18}";
    private static final Pattern SHAPE = Pattern.compile("([a-zA-Z0-9._-]+):(" + RANGE + "(?:," + RANGE + ")*)?");

    /// Removes empty ranges.
    public ResumePoint {
        ranges = ranges.stream().filter(range -> range.size() > 0).toList();
    }

    /// {@return the resume point in a text}
    ///
    /// @param text the word itself, or the name of a file that holds it
    /// @throws UsageException if it is neither
    public static ResumePoint of(String text) {
        String word = SHAPE.matcher(text).matches() ? text : contentOf(text);
        Matcher shape = SHAPE.matcher(word);
        if (!shape.matches()) {
            throw new UsageException("the file " + text + " holds no resume point (TOPIC:PARTITION=FROM-TO,…)");
        }
        try {
            List<OffsetRange> ranges = Stream.ofNullable(shape.group(2))
                    .flatMap(Pattern.compile(",")::splitAsStream)
                    .map(ResumePoint::range)
                    .toList();
            if (ranges.stream().map(OffsetRange::partition).distinct().count() < ranges.size()) {
                throw new IllegalArgumentException("it has two ranges of one partition");
            }
            return new ResumePoint(shape.group(1), ranges);
        } catch (IllegalArgumentException noRange) {
            throw new UsageException("the resume point " + word + " is not valid: " + noRange.getMessage());
        }
    }

    private static OffsetRange range(String text) {
        String[] numbers = text.split("[=-]", -1);
        return new OffsetRange(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private static String contentOf(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException(
                    file + " is neither a resume point (TOPIC:PARTITION=FROM-TO,…) nor a file that holds one");
        }
    }

    /// Replaces the content of a file in one step.
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
        return topic + ":" + ranges.stream().map(OffsetRange::toString).collect(Collectors.joining(","));
    }
}
