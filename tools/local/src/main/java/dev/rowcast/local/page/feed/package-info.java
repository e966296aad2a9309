/// What the page shows: each station is asked in its own rhythm by its own thread, so that a slow one holds up no
/// other;
/// what they say goes out as messages. A station that does not answer is shown as unknown, never with an old figure.
package dev.rowcast.local.page.feed;
