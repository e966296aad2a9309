package dev.rowcast.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The commands of a piece of shell text, without comments, assignments and redirections.
final class ShellCommands {

    /// A command.
    ///
    /// @param words      the program and its arguments
    /// @param readsAPipe whether it reads the output of the command before it
    record Command(List<String> words, boolean readsAPipe) {

        String program() {
            return words.getFirst();
        }
    }

    private static final String ENDS = "\n|&;()";
    private static final Set<String> PREFIXES = Set.of("do", "then", "else", "if", "while", "!");
    private static final Set<String> LOOPS = Set.of("for", "done", "fi");
    private static final char NONE = 0;

    private final String text;
    private final List<Command> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean isWord;
    private boolean skipNext;
    private boolean readsAPipe;
    private char quote = NONE;

    private ShellCommands(String text) {
        this.text = text;
    }

    /// {@return the commands of `text`, in its order}
    static List<Command> in(String text) {
        ShellCommands parser = new ShellCommands(text);
        parser.parse();
        return parser.commands;
    }

    /// {@return whether `text` ends within quotes or with a backslash, so that the next line belongs to it}
    static boolean isOpen(String text) {
        ShellCommands parser = new ShellCommands(text);
        parser.parse();
        return parser.quote != NONE || text.endsWith("\\");
    }

    private void parse() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) != '\n') {
                    add(text.charAt(at));
                }
            } else if (quote != NONE) {
                if (c == quote) {
                    quote = NONE;
                } else {
                    add(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                isWord = true;
            } else if (c == '#' && !isWord) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end - 1;
            } else if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '(') {
                int end = text.indexOf(')', at);
                word.append(text, at, end + 1);
                isWord = true;
                at = end;
            } else if (ENDS.indexOf(c) >= 0) {
                boolean isPipeAtTheEndOfALine = c == '\n' && words.isEmpty() && !isWord;
                endCommand();
                readsAPipe = isPipeAtTheEndOfALine ? readsAPipe : c == '|' && text.charAt(at - 1) != '|';
            } else if (c == '<' && text.indexOf('>', at) > at && !Character.isWhitespace(text.charAt(at + 1))) {
                // A placeholder such as <pid>.
                int end = text.indexOf('>', at);
                word.append(text, at, end + 1);
                isWord = true;
                at = end;
            } else if (c == '<' || c == '>') {
                endWord();
                skipNext = true;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                add(c);
            }
        }
        endCommand();
    }

    private void add(char c) {
        word.append(c);
        isWord = true;
    }

    private void endWord() {
        if (isWord) {
            String ended = word.toString();
            boolean isAssignment = words.isEmpty() && ended.matches("(?s)\\w+=.*");
            if (!skipNext && !isAssignment) {
                words.add(ended);
            }
            skipNext = false;
        }
        word = new StringBuilder();
        isWord = false;
    }

    private void endCommand() {
        endWord();
        skipNext = false;
        if (!words.isEmpty() && PREFIXES.contains(words.getFirst())) {
            words.removeFirst();
        }
        if (!words.isEmpty() && !LOOPS.contains(words.getFirst())) {
            commands.add(new Command(List.copyOf(words), readsAPipe));
        }
        words = new ArrayList<>();
    }
}
