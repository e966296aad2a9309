package org.elasticsearch.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticsearch.Build;

/// Loads one plugin from the class path; the distribution loads plugins from folders of jars.
public final class ClassPathPlugins extends PluginsLoader {
    private final PluginLayer layer;

    private ClassPathPlugins(PluginLayer layer) {
        super(Set.of(), Set.of(), Map.of());
        this.layer = layer;
    }

    /// Loads a plugin.
    ///
    /// @param plugin the plugin's class
    /// @param folder an empty folder in the role of the plugin's folder; created when missing
    /// @throws IOException when the folder cannot be created or read
    public static ClassPathPlugins of(Class<? extends Plugin> plugin, Path folder) throws IOException {
        Files.createDirectories(folder);
        return new ClassPathPlugins(
                new ClassPathLayer(new PluginBundle(descriptor(plugin), folder), plugin.getClassLoader()));
    }

    @Override
    public Stream<PluginLayer> pluginLayers() {
        return Stream.of(layer);
    }

    private static PluginDescriptor descriptor(Class<? extends Plugin> plugin) {
        return new PluginDescriptor(
                plugin.getSimpleName(),
                "From the class path",
                Build.current().version(),
                Build.current().version(),
                Integer.toString(Runtime.version().feature()),
                plugin.getName(),
                null,
                List.of(),
                false,
                false,
                false,
                false,
                PluginDescriptor.DeploymentTarget.ALL);
    }

    private record ClassPathLayer(PluginBundle pluginBundle, ClassLoader pluginClassLoader) implements PluginLayer {
        @Override
        public ModuleLayer pluginModuleLayer() {
            return ModuleLayer.boot();
        }
    }
}
