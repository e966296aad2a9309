/// The HTTP interface of the page's views: requests of a browser come in, JSON goes out.
///
/// A request that changes something needs the token that was handed out with the page; a foreign origin is
/// refused whatever it requests.
package dev.rowcast.local.page.api;
