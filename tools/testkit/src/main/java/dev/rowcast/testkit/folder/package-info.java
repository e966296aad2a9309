/// Files on this machine. In: the working directory, or the folder of a station. Out: the checkout with its
/// cache, the locked data folder of one station, the settings files that the station's process reads, and folders
/// for tests of scripts.
package dev.rowcast.testkit.folder;
