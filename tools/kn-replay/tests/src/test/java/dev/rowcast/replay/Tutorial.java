package dev.rowcast.replay;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands of `docs/tutorial.md` in their order: each fenced block of the language `sh`.
final class Tutorial {

    private static final Pattern COMMANDS = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FIGURE = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private final String text;
    private final Deque<String> blocks;

    private Tutorial(String text) {
        this.text = text;
        this.blocks = COMMANDS.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring(block.indexOf('\n') + 1, block.lastIndexOf("```")))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    static Tutorial read(Path file) throws IOException {
        return new Tutorial(Files.readString(file));
    }

    /// Takes the next block.
    ///
    /// @param expected what the block must have, so that the step which follows checks what it was written for
    String next(String expected) {
        assertThat(blocks).as("commands of the tutorial before %s", expected).isNotEmpty();
        assertThat(blocks.peek()).as("next command of the tutorial").contains(expected);
        return blocks.remove();
    }

    /// {@return the blocks that nobody took}
    Deque<String> left() {
        return new ArrayDeque<>(blocks);
    }

    /// {@return the verdict that the document quotes, without its figures}
    String verdict() {
        return withoutFigures(text.lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .filter(not(String::isBlank))
                .collect(Collectors.joining(" ")));
    }

    /// The words of a verdict; the last digits of its figures depend on the machine.
    static String withoutFigures(String verdict) {
        return FIGURE.matcher(verdict).replaceAll("#");
    }
}
