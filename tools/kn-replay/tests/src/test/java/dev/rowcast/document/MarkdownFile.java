package dev.rowcast.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A document: its headings, its links and its blocks of code.
///
/// @param name path in the checkout
/// @param path the file
/// @param lines its lines
record MarkdownFile(String name, Path path, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?\\)");
    private static final Pattern MARKER = Pattern.compile("<!-- (needs|run by): (.+) -->");
    private static final Pattern INDENTED = Pattern.compile(" {4,}\\S.*");
    private static final String FENCE = "```";

    /// A block of code.
    ///
    /// @param line its first line, from 1
    /// @param language the word after the fence; [#NO_LANGUAGE] of an indented block
    /// @param marker the comment above, such as `needs: cluster`; empty without one
    /// @param text the block without its indentation
    record Block(int line, String language, String marker, String text) {

        static final String NO_LANGUAGE = "indented";
    }

    static MarkdownFile read(Path root, Path path) {
        try {
            return new MarkdownFile(root.relativize(path).toString(), path, Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// {@return the anchors of the headings, as GitHub writes them}
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return prose().filter(line -> line.matches("#{1,6} .*"))
                .map(line -> anchor(line.replaceFirst("#+ ", "")))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .toList();
    }

    /// {@return the titles of the headings}
    List<String> headings() {
        return prose().filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", ""))
                .toList();
    }

    /// {@return the targets of the links, as they are written}
    List<String> links() {
        return prose().map(line -> line.replaceAll("`[^`]*`", ""))
                .flatMap(line -> LINK.matcher(line).results().map(found -> found.group(1)))
                .toList();
    }

    /// {@return the first cells of all rows of tables, without backquotes}
    List<String> firstCells() {
        return prose().filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split(" \\| ", -1)[0].replace("`", ""))
                .toList();
    }

    /// {@return the fenced and the indented blocks}
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String marker = "";
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            Matcher written = MARKER.matcher(line.strip());
            if (written.matches()) {
                marker = written.group(1) + ": " + written.group(2);
            } else if (line.strip().startsWith(FENCE)) {
                int end = at + 1;
                while (!lines.get(end).strip().equals(FENCE)) {
                    end++;
                }
                blocks.add(new Block(at + 1, line.strip().substring(FENCE.length()), marker, text(at + 1, end)));
                marker = "";
                at = end;
            } else if (INDENTED.matcher(line).matches()) {
                int end = at;
                while (end < lines.size()
                        && (lines.get(end).isBlank()
                                || INDENTED.matcher(lines.get(end)).matches())) {
                    end++;
                }
                blocks.add(new Block(at + 1, Block.NO_LANGUAGE, marker, text(at, end)));
                marker = "";
                at = end - 1;
            } else if (!line.isBlank()) {
                marker = "";
            }
        }
        return blocks;
    }

    /// The lines outside of blocks of code.
    private Stream<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.strip().startsWith(FENCE)) {
                inside = !inside;
            } else if (!inside) {
                prose.add(line);
            }
        }
        return prose.stream();
    }

    private String text(int from, int to) {
        return String.join("\n", lines.subList(from, to)).stripIndent();
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
