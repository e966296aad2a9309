/// The feed of the page: answers of the stations come in, messages go out. One thread queries each station
/// at its own interval, so that a slow station delays no other. When a station fails, the page shows no
/// figure, never an old one.
package dev.rowcast.local.page.feed;
