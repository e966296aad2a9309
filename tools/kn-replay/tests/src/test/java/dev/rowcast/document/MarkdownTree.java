package dev.rowcast.document;

import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the checkout that people wrote, without the output of builds and runs.
final class MarkdownTree {

    private static final Set<String> NOT_READ =
            Set.of("target", "build", ".git", ".venv", ".rowcast", "node_modules", "__pycache__", ".idea", ".vscode");
    /// Written by `make table`, whose names a template has in braces.
    private static final String TEMPLATES = "/template/";

    private static final Path ROOT = Checkout.find().root();
    private static final List<Path> FILES = walk();
    private static final List<MarkdownFile> DOCUMENTS = FILES.stream()
            .filter(file -> file.toString().endsWith(".md") && !file.toString().contains(TEMPLATES))
            .map(file -> MarkdownFile.read(ROOT, file))
            .toList();

    private MarkdownTree() {}

    /// {@return every document}
    static List<MarkdownFile> documents() {
        return DOCUMENTS;
    }

    /// {@return one document}
    static MarkdownFile document(String name) {
        return MarkdownFile.read(ROOT, ROOT.resolve(name));
    }

    /// {@return every file}
    static List<Path> files() {
        return FILES;
    }

    private static List<Path> walk() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_READ.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(found);
    }

    /// {@return the text of a file}
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
