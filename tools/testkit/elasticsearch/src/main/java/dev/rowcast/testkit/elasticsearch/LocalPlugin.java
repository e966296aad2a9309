package dev.rowcast.testkit.elasticsearch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.transport.netty4.Netty4Plugin;

/// HTTP and transport over Netty, and the parts of the distribution's modules that clients and
/// templates need.
public final class LocalPlugin extends Netty4Plugin implements ActionPlugin {
    /// Declared so that a cluster's template is accepted; without effect, because there is no
    /// lifecycle management.
    private static final List<Setting<?>> LIFECYCLE = List.of(
            Setting.simpleString("index.lifecycle.name", Setting.Property.Dynamic, Setting.Property.IndexScope),
            Setting.simpleString(
                    "index.lifecycle.rollover_alias", Setting.Property.Dynamic, Setting.Property.IndexScope));

    private final AtomicReference<ClusterService> cluster = new AtomicReference<>();

    /// Called by Elasticsearch, by reflection.
    public LocalPlugin() {}

    @Override
    public List<Setting<?>> getSettings() {
        List<Setting<?>> settings = new ArrayList<>(super.getSettings());
        settings.addAll(LIFECYCLE);
        return List.copyOf(settings);
    }

    @Override
    public Collection<?> createComponents(PluginServices services) {
        cluster.set(services.clusterService());
        return List.of();
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
            RestHandlersServices services, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> features) {
        return List.of(new RootHandler(cluster.get()));
    }
}
