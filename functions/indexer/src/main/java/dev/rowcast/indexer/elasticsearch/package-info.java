/// The client of Elasticsearch. It sends a request and returns an
/// [ElasticsearchReply][dev.rowcast.indexer.elasticsearch.ElasticsearchReply] within the time
/// limit, also if the connection is lost.
package dev.rowcast.indexer.elasticsearch;
