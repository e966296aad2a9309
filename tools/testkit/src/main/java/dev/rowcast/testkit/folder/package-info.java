/// Files on this machine. In: the working directory, or the folder of a station. Out: the checkout with its
/// cache, the locked data folder of one station, and the settings files that the station's process reads.
package dev.rowcast.testkit.folder;
