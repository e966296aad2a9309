package dev.rowcast.local.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.local.configuration.DocumentedSettings.Row;
import dev.rowcast.local.load.LoadSettings;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Compares `docs/configuration.md` with the functions: the settings are complete and their
/// defaults are right.
class ConfigurationDocTest {

    private static final String OURS = "rowcast.";
    private static final Path PAGE = Checkout.find().resolve("docs/configuration.md");

    private static DocumentedSettings documented;
    private static DeclaredSettings declared;

    @BeforeAll
    static void readBoth() throws IOException {
        documented = DocumentedSettings.in(PAGE);
        try (Stream<Path> modules = Files.list(Checkout.find().resolve("functions"))) {
            declared = DeclaredSettings.of(modules.sorted().toList());
        }
    }

    @Test
    void exactlyTheSettingsOfTheCodeAreDocumented() {
        List<Setting> all = new ArrayList<>(declared.properties());
        declared.files().forEach((name, value) -> {
            if (name.startsWith(OURS)) {
                all.removeIf(setting -> setting.name().equals(name));
                all.add(new Setting(name, value));
            }
        });

        assertThat(all).extracting(Setting::name).contains("rowcast.source.epoch", "rowcast.indexer.bulk-size");
        assertThat(documented.settings(OURS)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void documentedQuarkusDefaultsAreTheShippedOnes() {
        Map<String, String> shipped = declared.files();
        List<Setting> ours = documented.settings("quarkus.").stream()
                .filter(setting -> shipped.containsKey(setting.name()))
                .toList();

        assertThat(ours).extracting(Setting::name).contains("quarkus.http.limits.max-body-size");
        assertThat(ours)
                .allSatisfy(setting ->
                        assertThat(setting.value()).as(setting.name()).isEqualTo(shipped.get(setting.name())));
    }

    @Test
    void everySettingHasItsVariableUnitAndMeaning() {
        assertThat(documented.rows()).allSatisfy(row -> {
            assertThat(row.environment())
                    .isEqualTo(Setting.environmentName(row.setting().name()));
            assertThat(row.unit()).as("unit of %s", row.setting().name()).isNotBlank();
            assertThat(row.meaning()).as("meaning of %s", row.setting().name()).endsWith(".");
        });
        assertThat(documented.rows()).extracting(Row::environment).doesNotHaveDuplicates();
    }

    @Test
    void everyVariableOfAManifestIsDocumented() {
        List<String> set = Manifests.read(Checkout.find().root()).services().stream()
                .flatMap(service -> service.environment().stream())
                .map(EnvironmentVariable::name)
                .distinct()
                .toList();

        assertThat(set).isNotEmpty();
        assertThat(PAGE).content().contains(set.stream().map("`%s`"::formatted).toArray(String[]::new));
    }

    @Test
    void documentedLoadValuesEqualItsUsage() throws IOException {
        assertThat(Files.readString(PAGE).replace("`", "")).contains(LoadSettings.USAGE);
    }
}
