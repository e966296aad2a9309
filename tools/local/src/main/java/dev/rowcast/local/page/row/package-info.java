/// One row: its key comes in; its state in each store, its history in the topics, and the times of its latest
/// change go out.
///
/// Each store is asked when a person requests the row, and what it does not know is said, not guessed.
package dev.rowcast.local.page.row;
