package dev.rowcast.proof.chaos;

/// Checks the settings of `make chaos` before the build, which can take minutes. The JDK starts it from its source, so
/// it and [ChaosSettings] import nothing but the JDK.
public final class ChaosSettingsCheck {

    private static final int MISUSED = 2;

    private ChaosSettingsCheck() {}

    /// Exits with 2, after one line on standard error, when a setting is wrong.
    ///
    /// @param arguments none; the settings are read from the environment
    public static void main(String[] arguments) {
        try {
            ChaosSettings.of(System.getenv(), 1);
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(MISUSED);
        }
    }
}
