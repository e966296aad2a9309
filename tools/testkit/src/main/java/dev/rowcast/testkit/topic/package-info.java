/// Topics as the manifests declare them come in; topics of a running broker that are like that go out.
package dev.rowcast.testkit.topic;
