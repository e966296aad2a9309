/// The model of a table and the bill of the run: contract, model card and processes come in, JSON goes out.
package dev.rowcast.local.page.model;
