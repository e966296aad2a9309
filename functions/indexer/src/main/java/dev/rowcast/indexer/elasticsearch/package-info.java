/// The conversation with Elasticsearch: a request goes out, a [ElasticsearchReply][dev.rowcast.indexer.elasticsearch.ElasticsearchReply] comes
/// back in time, whatever happens on the way.
package dev.rowcast.indexer.elasticsearch;
