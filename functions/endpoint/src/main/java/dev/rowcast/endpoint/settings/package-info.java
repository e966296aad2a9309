/// The settings that all functions share: receives them from the configuration, checks them at start, and
/// [refuses to start][dev.rowcast.endpoint.settings.StartRefused] if one is invalid.
package dev.rowcast.endpoint.settings;
