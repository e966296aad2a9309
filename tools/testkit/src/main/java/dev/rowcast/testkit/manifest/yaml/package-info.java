/// Files of the checkout come in; YAML documents go out, each as the Java type that the maker of its kind
/// publishes (Strimzi, fabric8). An unknown, missing or ill-typed field is an error of one line that names
/// file and field.
package dev.rowcast.testkit.manifest.yaml;
