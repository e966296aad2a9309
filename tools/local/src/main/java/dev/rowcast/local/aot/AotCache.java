package dev.rowcast.local.aot;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The AOT cache of one build of a function. The file's name depends on what the JVM compares before it
/// uses a cache: the JDK, the flags and the jars. So another build has another cache, and a cache is never
/// out of date.
///
/// @param function the function's name
/// @param file     the cache; absent until a training has ended
public record AotCache(String function, Path file) {

    private static final String USE = "-XX:AOTCache=";
    private static final String WRITE = "-XX:AOTCacheOutput=";

    /// The cache of a build.
    ///
    /// @param folder   the folder of all caches
    /// @param function the function's name
    /// @param flags    flags of the JVM
    /// @param jar      the function's JAR file; other JAR files are in its folder and below
    /// @throws StationFailure when the build cannot be read
    public static AotCache of(Path folder, String function, List<String> flags, Path jar) {
        try (Stream<Path> files = Files.walk(jar.getParent())) {
            List<String> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(file -> file + " " + file.toFile().length() + " "
                            + file.toFile().lastModified())
                    .toList();
            String build = Runtime.version() + " " + System.getProperty("java.home") + " " + flags + " " + jars;
            UUID digest = UUID.nameUUIDFromBytes(build.getBytes(StandardCharsets.UTF_8));
            return new AotCache(function, folder.resolve(function + "-" + digest + ".aot"));
        } catch (IOException failure) {
            throw new StationFailure("The build in " + jar.getParent() + " cannot be read", failure);
        }
    }

    /// The options of the JVM that use the cache: none while there is no file, because a JVM that does not
    /// find its cache does not use the JDK's archive of classes either.
    public List<String> options() {
        return exists() ? List.of(USE + file) : List.of();
    }

    boolean exists() {
        return Files.exists(file);
    }

    /// The file that a training of this process writes: the cache itself is complete whenever it exists.
    Path unfinished() {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    }

    /// The command of a start that writes the cache.
    ///
    /// @param command of a start that does not use it
    List<String> training(List<String> command) {
        List<String> training = new ArrayList<>(command);
        training.add(1, WRITE + unfinished());
        return List.copyOf(training);
    }

    /// Makes the written file the cache, and removes what earlier builds and killed trainings of the
    /// function left.
    ///
    /// @throws StationFailure when the JVM wrote nothing
    void keep() throws IOException {
        if (!Files.exists(unfinished()) || Files.size(unfinished()) == 0) {
            throw new StationFailure("its JVM wrote no cache");
        }
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path other : files.filter(this::isLeftOver).toList()) {
                Files.deleteIfExists(other);
            }
        }
    }

    private boolean isLeftOver(Path other) {
        Matcher name = Pattern.compile(Pattern.quote(function) + "-[0-9a-f-]{36}\\.aot(?:\\.(\\d+)\\.new.*)?")
                .matcher(other.getFileName().toString());
        return !other.equals(file)
                && name.matches()
                && (name.group(1) == null
                        || ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty());
    }

    /// Removes what a training has not finished.
    void discard() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            String unfinished = unfinished().getFileName().toString();
            for (Path part : files.filter(
                            other -> other.getFileName().toString().startsWith(unfinished))
                    .toList()) {
                Files.deleteIfExists(part);
            }
        }
    }
}
