package dev.rowcast.retention;

import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.retention.policy.Rule;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable.Literal;
import dev.rowcast.testkit.manifest.Manifests;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// The shipped action: retention cases of customers who are likely to leave, as its manifest sets it.
final class ChurnAction {

    private static final String PREFIX = "ROWCAST_ACTION_";

    private static final Map<String, String> MANIFEST = read();

    private ChurnAction() {}

    private static Map<String, String> read() {
        Map<String, String> settings = new HashMap<>();
        Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals("retention"))
                .flatMap(service -> service.environment().stream())
                .forEach(variable -> {
                    if (variable instanceof Literal(String name, String value) && name.startsWith(PREFIX)) {
                        settings.put(name, value);
                    }
                });
        return Map.copyOf(settings);
    }

    /// Its settings as environment variables.
    static Map<String, String> environment() {
        return new HashMap<>(MANIFEST);
    }

    /// Its settings as properties.
    static Map<String, String> properties() {
        Map<String, String> settings = new HashMap<>();
        MANIFEST.forEach(
                (name, value) -> settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return settings;
    }

    /// What it decides by.
    static CasePolicy policy() {
        return new CasePolicy(new Rule.Threshold("churn", OptionalDouble.empty(), 0.05));
    }
}
