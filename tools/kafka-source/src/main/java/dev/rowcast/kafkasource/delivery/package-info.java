/// How a delivery goes on: in comes the answer to a try, out comes whether and when there is another one, what a dead
/// letter says when there is none, and up to which offset a topic is done.
package dev.rowcast.kafkasource.delivery;
