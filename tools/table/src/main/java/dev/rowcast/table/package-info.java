/// `make table`: the contract in a model comes in; a folder with everything that the table needs leaves: schema,
/// manifests, index templates, settings of the indexer, Kibana's objects and a README.
package dev.rowcast.table;
