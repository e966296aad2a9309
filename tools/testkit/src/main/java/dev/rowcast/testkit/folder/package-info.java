/// Where things are: the checkout, its cache, the folder that a station keeps its data in and shares with nobody, and
/// the files in it that a station's process reads its settings from.
package dev.rowcast.testkit.folder;
