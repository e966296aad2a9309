package dev.rowcast.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.document.MarkdownFile.Block;
import dev.rowcast.document.ShellCommands.Command;
import dev.rowcast.testkit.folder.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each command of each document is run by a test, or says what it needs. A command is
///
/// - a target of `make` with variables that exist: [#TARGETS] names the test that runs it, or its program;
/// - `kn replay` with a command and options that exist, which `KnReplayST`, `DeadLettersIT` or `ByTlsIT` run;
/// - a program that always needs something: [#NEEDS_OF_PROGRAMS];
/// - any other, below a comment `<!-- run by: … -->` with a test, or `<!-- needs: … -->` with one of [#NEEDS].
///
/// Commands are the blocks of language `sh`, the lines of `console` that begin with `$`, and indented lines that begin
/// with `$` or a known program.
class DocumentCommandsTest {

    /// What no test of this repository has.
    private static final Set<String> NEEDS = Set.of(
            "cluster", "GraalVM", "container engine", "network", "running system", "database", "JDK", "Chromium");

    private static final Map<String, String> NEEDS_OF_PROGRAMS = Map.of(
            "kubectl", "cluster",
            "kn", "cluster",
            "kind", "container engine",
            "docker", "container engine",
            "curl", "running system",
            "psql", "database",
            "jcmd", "running system",
            "jfr", "JDK");

    /// Programs that only change the output of another one, behind a pipe.
    private static final Set<String> FILTERS = Set.of("sed", "grep", "head", "tail");

    /// A document each of whose commands one test runs.
    private static final Map<String, String> FOLLOWED = Map.of("docs/tutorial.md", "TutorialST");

    private static final Map<String, String> TARGETS = targets();
    private static final Pattern TEST = Pattern.compile("\\w+(?:Test|IT|ST)|test_\\w+");
    private static final Pattern KNOWN_PROGRAM = Pattern.compile(
            "(?:make|mvn|kn|kn-replay|kubectl|kind|docker|psql|curl|jcmd|jfr|export|sed|git|npm|python3?\\S*|(?:tools|scripts)/\\S+) .*");

    private static final Set<String> VARIABLES = variables();
    private static final Set<String> REPLAY_COMMANDS = replay("name = \"([a-z-]+)\"");
    private static final Set<String> REPLAY_OPTIONS = replay("\"(--?[a-z][a-z-]*)\"");

    private static Map<String, String> targets() {
        Map<String, String> tests = new TreeMap<>();
        tests.put("run", "MakeIT LauncherST");
        tests.put("table", "TutorialST");
        tests.put("schema", "PrintSchemaIT");
        tests.put("cases", "CaseTableSqlIT");
        tests.put("dead-letters", "DeadLettersIT");
        tests.put("bench", "not run: it takes minutes and prints figures");
        tests.put("bench-table", "not run: it takes minutes and prints figures");
        tests.put("bench-newcomer", "not run: it takes minutes and prints figures");
        tests.put("bench-concurrency", "not run: it takes minutes and prints figures");
        tests.put("bench-poll", "not run: it takes minutes and prints figures");
        tests.put("bench-start", "not run: it prints figures");
        tests.put("bench-peers", "not run: it takes minutes and prints figures");
        tests.put("test-peers", "not run: it downloads Flink and Spark");
        tests.put("bench-trainer", "not run: it takes minutes and prints figures");
        tests.put("chaos", "ChaosST");
        tests.put("fuzz", "MutatedEnvelopesTest");
        tests.put("test", "not run: it runs this test");
        tests.put("build", "BuildScriptTest");
        tests.put("native-build", "NativeBuildScriptTest");
        tests.put("native-test", "needs: GraalVM");
        tests.put("images", "ImagesScriptTest");
        tests.put("manifests", "ManifestsScriptTest");
        tests.put("deploy", "ClusterScriptTest");
        tests.put("status", "ClusterScriptTest");
        tests.put("undeploy", "ClusterScriptTest");
        tests.put("replay", "ReplayScriptTest");
        tests.put("kind", "KindScriptTest");
        tests.put("promtool", "PromtoolTest");
        tests.put("boards", "BoardsTest");
        tests.put("page-check", "needs: Chromium");
        tests.put("page-pictures", "needs: Chromium");
        tests.put("page-recording", "needs: Chromium");
        tests.put("format", "not run: it changes the sources");
        tests.put("clean", "not run: it deletes the build that the tests use");
        tests.put("clean-data", "not run: it deletes the data of a user");
        tests.put("train", "TutorialST");
        tests.put("describe", "TutorialST");
        tests.put("wrap", "test_wrap");
        tests.put("accept-model", "test_verdict");
        tests.put("upgrade-model", "test_golden");
        tests.put("search", "test_any_table");
        tests.put("test-trainer", "not run: it is a part of make test");
        tests.put("help", "not run: it prints the comments of the Makefile");
        return tests;
    }

    @Test
    void everyTargetNamesTheTestThatRunsIt() {
        Set<String> written = MarkdownTree.files().stream()
                .filter(file -> file.endsWith("Makefile") || file.endsWith("trainer.mk"))
                .flatMap(file -> Pattern.compile("(?m)^([a-z-]+):.*## ")
                        .matcher(MarkdownTree.text(file))
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(TARGETS.keySet()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(TARGETS.values())
                .filteredOn(value -> !value.startsWith("not run: "))
                .allSatisfy(value -> assertThat(problemOf(value)).as(value).isEmpty());
    }

    @Test
    void everyCommandIsRunByATestOrSaysWhatItNeeds() {
        assertThat(MarkdownTree.documents().stream().flatMap(document -> problemsOf(document).stream()))
                .isEmpty();
        assertThat(MarkdownTree.documents().stream()
                        .flatMap(document -> document.blocks().stream())
                        .flatMap(block -> commandsOf(block).stream()))
                .hasSizeGreaterThan(100);
    }

    @Test
    void wrongCommandsAreFound() {
        MarkdownFile document = document("""
                ```sh
                make rnu && make run LAOD=off   # make wrong
                kn replay topic churn --frm 2h | grep "a | make b"
                for file in *.sql; do psql -f "$file"; done
                npm install
                ```
                <!-- run by: NoSuchTest -->
                ```sh
                npm install
                ```
                <!-- needs: luck -->

                    npm install
                <!-- needs: network -->

                    npm install
                """);

        assertThat(problemsOf(document))
                .extracting(problem -> problem.replaceFirst("^wrong.md:\\d+ ", ""))
                .containsExactly(
                        "make knows no [rnu]: make rnu",
                        "make knows no [LAOD=off]: make run LAOD=off",
                        "kn replay has no option --frm: kn replay topic churn --frm 2h",
                        "is neither run by a test nor below a comment that says what it needs: npm install",
                        "there is no test NoSuchTest: npm install",
                        "needs: luck is none of " + NEEDS + ": npm install");
    }

    @Test
    void everyFencedBlockNamesItsLanguage() {
        List<String> without = MarkdownTree.documents().stream()
                .flatMap(document -> document.blocks().stream()
                        .filter(block -> block.language().isEmpty())
                        .map(block -> document.name() + ":" + block.line()))
                .toList();

        assertThat(without).isEmpty();
    }

    @Test
    void testFollowsTheDocumentThatItIsNamedFor() {
        FOLLOWED.forEach((document, test) -> assertThat(source(test))
                .hasValueSatisfying(text -> assertThat(text).contains(document)));
    }

    private static MarkdownFile document(String text) {
        return new MarkdownFile(
                "wrong.md", Checkout.find().resolve("wrong.md"), text.lines().toList());
    }

    private static List<String> problemsOf(MarkdownFile document) {
        List<String> problems = new ArrayList<>();
        for (Block block : document.blocks()) {
            for (Command command : commandsOf(block)) {
                problemOf(document, block, command)
                        .ifPresent(problem -> problems.add("%s:%s %s: %s"
                                .formatted(document.name(), block.line(), problem, String.join(" ", command.words()))));
            }
        }
        return problems;
    }

    private static List<Command> commandsOf(Block block) {
        if (block.language().equals("sh")) {
            return ShellCommands.in(block.text());
        }
        boolean isConsole = block.language().equals("console");
        if (!isConsole && !block.language().equals(Block.NO_LANGUAGE)) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : block.text().lines().toList()) {
            boolean begins = line.startsWith("$ ")
                    || (!isConsole && KNOWN_PROGRAM.matcher(line.strip()).matches());
            if (begins || !open.isEmpty()) {
                open.append(line.replaceFirst("^\\$ ", "")).append('\n');
                if (!ShellCommands.isOpen(open.toString().stripTrailing())) {
                    commands.addAll(ShellCommands.in(open.toString()));
                    open.setLength(0);
                }
            }
        }
        return commands;
    }

    private static Optional<String> problemOf(MarkdownFile document, Block block, Command command) {
        String program = command.program();
        List<String> words = command.words();
        if (program.equals("make")) {
            return problemOfMake(words);
        }
        if (program.endsWith("kn-replay")) {
            return problemOfReplay(words.subList(1, words.size()));
        }
        if (program.equals("kn") && words.size() > 1 && words.get(1).equals("replay")) {
            return problemOfReplay(words.subList(2, words.size()));
        }
        boolean isFilter = command.readsAPipe() && FILTERS.contains(program);
        if (isFilter || NEEDS_OF_PROGRAMS.containsKey(program) || FOLLOWED.containsKey(document.name())) {
            return Optional.empty();
        }
        return block.marker().isEmpty()
                ? Optional.of("is neither run by a test nor below a comment that says what it needs")
                : problemOf(block.marker().replace("run by: ", ""));
    }

    private static Optional<String> problemOfMake(List<String> command) {
        List<String> unknown = command.stream()
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .filter(word -> word.contains("=")
                        ? !VARIABLES.contains(word.substring(0, word.indexOf('=')))
                        : !TARGETS.containsKey(word))
                .toList();
        return unknown.isEmpty() ? Optional.empty() : Optional.of("make knows no " + unknown);
    }

    private static Optional<String> problemOfReplay(List<String> words) {
        Optional<String> option = words.stream()
                .filter(word -> word.matches("--?[a-z].*"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(word -> !word.equals("--help") && !REPLAY_OPTIONS.contains(word))
                .findFirst();
        if (option.isPresent()) {
            return Optional.of("kn replay has no option " + option.get());
        }
        boolean isCommand = words.stream()
                .findFirst()
                .filter(word -> word.startsWith("-") || word.equals("…") || REPLAY_COMMANDS.contains(word))
                .isPresent();
        return isCommand || words.isEmpty() ? Optional.empty() : Optional.of("kn replay has no command");
    }

    /// Checks the names of tests, or a need.
    private static Optional<String> problemOf(String testsOrNeed) {
        if (testsOrNeed.startsWith("needs: ")) {
            return NEEDS.contains(testsOrNeed.substring("needs: ".length()))
                    ? Optional.empty()
                    : Optional.of(testsOrNeed + " is none of " + NEEDS);
        }
        for (String test : testsOrNeed.split(" ", -1)) {
            if (!TEST.matcher(test).matches() || source(test).isEmpty()) {
                return Optional.of("there is no test " + test);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> source(String test) {
        return MarkdownTree.files().stream()
                .filter(file -> file.endsWith(test + ".java") || file.endsWith(test + ".py"))
                .findFirst()
                .map(MarkdownTree::text);
    }

    private static Set<String> variables() {
        String makefile = MarkdownTree.text(Checkout.find().resolve("Makefile"));
        String list = makefile.substring(makefile.indexOf("VARIABLES := ") + 13, makefile.indexOf("GIVEN "));
        return Set.of(list.replace("\\\n", " ").strip().split("\\s+"));
    }

    private static Set<String> replay(String pattern) {
        return MarkdownTree.files().stream()
                .filter(file -> file.toString().contains("/kn-replay/src/main/java/"))
                .flatMap(file -> Pattern.compile(pattern)
                        .matcher(MarkdownTree.text(file))
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
