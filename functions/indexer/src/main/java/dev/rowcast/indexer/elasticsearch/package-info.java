/// The conversation with Elasticsearch: a request goes out, a [Reply][dev.rowcast.indexer.elasticsearch.Reply] comes
/// back in time, whatever happens on the way.
package dev.rowcast.indexer.elasticsearch;
