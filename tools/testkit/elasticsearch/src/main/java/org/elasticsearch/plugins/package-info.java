/// The one class that must lie in Elasticsearch's own package, because what it builds on is visible only there.
///
/// In: a plugin's class, from the class path. Out: what a node asks for its plugins.
package org.elasticsearch.plugins;
