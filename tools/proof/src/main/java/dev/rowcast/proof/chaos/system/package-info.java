/// The system under test: a checkout comes in, and the running system goes out with faulty delivery and
/// proxies at its connections, and with the offsets that its sources have committed.
package dev.rowcast.proof.chaos.system;
