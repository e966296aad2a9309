package dev.rowcast.proof.chaos;

/// Checks the settings of `make chaos` before the build, which can take minutes. The JDK runs it from its
/// source, so it and [ChaosSettings] import only JDK classes.
public final class ChaosSettingsCheck {

    private static final int MISUSED = 2;

    private ChaosSettingsCheck() {}

    /// Exits with 2 and a line on standard error when a setting is wrong.
    ///
    /// @param arguments none; the settings are environment variables
    public static void main(String[] arguments) {
        try {
            ChaosSettings.of(System.getenv(), 1);
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(MISUSED);
        }
    }
}
