package dev.rowcast.peers;

/// Lines of progress on standard error, with the minutes since the start.
final class Progress {

    private static final long BEGIN = System.nanoTime();

    private Progress() {}

    static void line(String text) {
        System.err.printf("%5.1f min  %s%n", (System.nanoTime() - BEGIN) / 60e9, text);
    }

    /// A condition that may fail to be read.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /// Waits for a condition.
    ///
    /// @return false when it does not hold after that time
    static boolean await(int seconds, int everyMillis, Condition condition) throws Exception {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(everyMillis);
        }
        return true;
    }
}
