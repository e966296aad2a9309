/// The network between functions and stores: connections come in and go out as they are, or cut, slowed down, or
/// answered
/// by somebody else.
package dev.rowcast.proof.chaos.proxy;
