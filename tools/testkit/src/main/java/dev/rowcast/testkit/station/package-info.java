/// The real parts of the system on one machine, each a child process of its own, for tests and for a local run.
///
/// In: a data folder, which survives restarts, and a port or 0. Out: running stations and their addresses. Nothing
/// outlives this JVM, and
/// nothing listens on another address than 127.0.0.1.
///
/// A test writes:
///
/// ```java
/// try (Postgres postgres = Postgres.start(folder)) {     // a free port, no container, root or not
///     postgres.applySchema();                            // postgres/schema/*.sql; passwords for app, connector,
/// predictor
///     postgres.jdbcUrl("predictor");                     // with user and password; uri("app") for psql
///     postgres.uri(); postgres.password("predictor");    // for a reactive client, separately
///     postgres.connect("app");                           // a java.sql.Connection
///     postgres.kill(); postgres.start();                 // same data, same port
///     postgres.freeze(); postgres.resume();
/// }
/// try (Kafka kafka = Kafka.start(folder)) {
///     kafka.createTopics(manifests.topics());            // as strimzi/ says
///     try (Connect connect = Connect.in(other, 0, kafka.address(), manifests.connect())) {
///         connect.start();
///         connect.secrets(Map.of("password", postgres.password("connector")));
///         connect.configure(connector, Map.of("database.password", connect.secret("password"), …));
///         connect.awaitRunning("churn");
///     }
/// }
/// ```
package dev.rowcast.testkit.station;
