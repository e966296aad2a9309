/// The network between functions and stores: connections come in and go out unchanged, or cut, slow, or
/// with answers of the proxy.
package dev.rowcast.proof.chaos.proxy;
