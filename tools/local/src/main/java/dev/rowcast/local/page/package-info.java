/// The live page: the messages of [dev.rowcast.local.page.feed] come in, and go out to each connected
/// browser as server-sent events.
///
/// It listens on the loopback interface only, serves only its own files, and loads nothing
/// from other servers.
package dev.rowcast.local.page;
