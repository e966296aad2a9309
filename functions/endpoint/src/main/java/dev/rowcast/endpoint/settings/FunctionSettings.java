package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of a function besides those that every function has. The start is refused when a variable
/// `ROWCAST_…` is none of them.
///
/// @param mappings the interfaces with `@ConfigMapping`
/// @param renamed the present variables of a former one, in words, by the name of the former one
public record FunctionSettings(List<Class<?>> mappings, Map<String, String> renamed) {

    /// Copies the collections.
    public FunctionSettings {
        mappings = List.copyOf(mappings);
        renamed = Map.copyOf(renamed);
    }

    /// The settings of a function that never renamed one.
    public static FunctionSettings of(Class<?>... mappings) {
        return new FunctionSettings(List.of(mappings), Map.of());
    }

    /// The names of the settings, such as `rowcast.delivery.max-batch`.
    Set<String> names() {
        return mappings.stream()
                .flatMap(mapping -> ConfigClass.configClass(mapping).getProperties().keySet().stream())
                .collect(Collectors.toSet());
    }
}
