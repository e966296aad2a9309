package dev.rowcast.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every document is found from `docs/README.md`, and whatever names a document names one that exists.
class DocumentLinksTest {

    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w/.-])(docs/[\\w/.-]+?\\.md)(?:,\\s+(?:[/#]+\\s+)?\\\\?\"([^\"\\\\]+)\\\\?\")?");
    private static final Set<String> TEXTS =
            Set.of("java", "yaml", "yml", "sql", "properties", "py", "xml", "json", "mk", "html", "js", "toml", "sh");

    private static final List<MarkdownFile> DOCUMENTS = MarkdownTree.documents();

    @Test
    void everyLinkInsideTheRepositoryHasItsTarget() {
        assertThat(DOCUMENTS).hasSizeGreaterThan(30);
        assertThat(DOCUMENTS.stream().flatMap(DocumentLinksTest::brokenLinks)).isEmpty();
    }

    @Test
    void wrongLinksAreFound() {
        MarkdownFile document = new MarkdownFile(
                "wrong.md",
                Checkout.find().resolve("wrong.md"),
                List.of(
                        "# One `title`, *here*",
                        "# One `title`, *here*",
                        "[a](none.md) [b](README.md) [c](README.md#none) [d](#one-title-here-1) [e](#two) `[f](none)`",
                        "```text",
                        "[g](none.md)",
                        "# two",
                        "```"));

        assertThat(brokenLinks(document))
                .containsExactly("wrong.md → none.md", "wrong.md → README.md#none", "wrong.md → #two");
    }

    @Test
    void documentsThatOtherFilesNameExist() {
        List<String> missing = MarkdownTree.files().stream()
                .filter(DocumentLinksTest::isText)
                .flatMap(file -> NAMED.matcher(MarkdownTree.text(file))
                        .results()
                        .filter(named -> !exists(named))
                        .map(named -> Checkout.find().root().relativize(file) + ": " + named.group()))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void indexNamesEachDocumentOnce() {
        List<String> listed = MarkdownTree.document("docs/README.md").links().stream()
                .filter(link -> link.matches("[\\w-]+\\.md"))
                .toList();
        List<String> present = DOCUMENTS.stream()
                .map(MarkdownFile::name)
                .filter(name -> name.matches("docs/[\\w-]+\\.md") && !name.equals("docs/README.md"))
                .map(name -> name.substring("docs/".length()))
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(present);
    }

    private static Stream<String> brokenLinks(MarkdownFile document) {
        return document.links().stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !hasTarget(document, link))
                .map(link -> document.name() + " → " + link);
    }

    private static boolean hasTarget(MarkdownFile document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document.path()
                : document.path().resolveSibling(parts[0]).normalize();
        if (parts.length == 1) {
            return Files.exists(target);
        }
        List<String> anchors = target.equals(document.path()) ? document.anchors() : anchorsOf(target);
        return anchors.contains(parts[1]);
    }

    private static List<String> anchorsOf(Path file) {
        return Files.exists(file)
                ? MarkdownFile.read(Checkout.find().root(), file).anchors()
                : List.of();
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return name.contains(".")
                ? TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))
                : file.getParent().endsWith("scripts") || name.equals("Makefile");
    }

    private static boolean exists(MatchResult named) {
        Path document = Checkout.find().resolve(named.group(1));
        return Files.exists(document)
                && (named.group(2) == null
                        || MarkdownFile.read(Checkout.find().root(), document)
                                .headings()
                                .contains(named.group(2).replaceAll("\\s+[#/]*\\s*", " ")));
    }
}
