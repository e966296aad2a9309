/// The real servers of the system on one machine, each as a child process, for tests and for a local run.
///
/// In: a data folder, which survives restarts, and a port or 0. Out: running servers and their addresses on
/// 127.0.0.1. They end with this JVM.
///
/// ```java
/// try (Postgres postgres = Postgres.start(folder)) {     // a free port, no container, root or not
///     postgres.applySchema();                            // postgres/schema/*.sql, a password for each role
///     postgres.jdbcUrl("predictor");                     // with user and password; uri("app") for psql
///     postgres.uri(); postgres.password("predictor");    // for a reactive client, separately
///     postgres.connect("app");                           // a java.sql.Connection
///     postgres.kill(); postgres.start();                 // same data, same port
///     postgres.freeze(); postgres.resume();
/// }
/// try (Kafka kafka = Kafka.start(folder)) {
///     kafka.createTopics(manifests.topics());            // from strimzi/
///     try (Connect connect = Connect.in(other, 0, kafka.address(), manifests.connect())) {
///         connect.start();
///         connect.secrets(Map.of("password", postgres.password("connector")));
///         connect.configure(connector, Map.of("database.password", connect.secret("password"), …));
///         connect.awaitRunning("churn");
///     }
/// }
/// ```
package dev.rowcast.testkit.station;
