/// Dead letters: a request of a person comes in, goes to `kn replay` as a process, and its document goes out.
package dev.rowcast.local.page.letter;
