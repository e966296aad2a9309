/// The live page: what the stations of the path say comes in ([dev.rowcast.local.page.watch]), and goes out to each
/// browser that looks, as server-sent events.
///
/// It listens on the loopback interface only, serves no file but its own, and loads nothing from elsewhere.
package dev.rowcast.local.page;
