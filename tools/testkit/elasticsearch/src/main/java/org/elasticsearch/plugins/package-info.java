/// The one class that must be in Elasticsearch's own package, because its superclass is visible only there.
///
/// In: the class of a plugin on the class path. Out: the plugin, for a node.
package org.elasticsearch.plugins;
