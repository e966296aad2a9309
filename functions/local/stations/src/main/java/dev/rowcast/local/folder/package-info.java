/// Where things are: the checkout, its cache, and the folder that a station keeps its data in and shares with nobody.
package dev.rowcast.local.folder;
