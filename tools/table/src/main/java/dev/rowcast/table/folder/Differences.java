package dev.rowcast.table.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.Optional;

/// The difference of a file's present and future content.
final class Differences {

    private static final int CONTEXT = 3;
    private static final String NOTHING = "/dev/null";

    private Differences() {}

    /// A unified diff, or one line for a file that is not text.
    ///
    /// @param now the present content; empty if there is no file
    /// @param wanted the future content; empty if the file goes
    static String of(String file, Optional<byte[]> now, Optional<byte[]> wanted) {
        if (isBinary(now) || isBinary(wanted)) {
            return "Binary files a/%1$s and b/%1$s differ\n".formatted(file);
        }
        List<String> before = lines(now);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                now.isPresent() ? "a/" + file : NOTHING,
                wanted.isPresent() ? "b/" + file : NOTHING,
                before,
                DiffUtils.diff(before, lines(wanted)),
                CONTEXT);
        // Only the end of the last line differs.
        return diff.isEmpty()
                ? "a/%1$s and b/%1$s differ in their end\n".formatted(file)
                : String.join("\n", diff) + "\n";
    }

    private static List<String> lines(Optional<byte[]> content) {
        return content.map(bytes -> new String(bytes, UTF_8).lines().toList()).orElse(List.of());
    }

    private static boolean isBinary(Optional<byte[]> content) {
        return content.filter(bytes -> {
                    for (byte each : bytes) {
                        if (each == 0) {
                            return true;
                        }
                    }
                    return false;
                })
                .isPresent();
    }
}
