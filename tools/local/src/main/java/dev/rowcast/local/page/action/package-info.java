/// What a person does at the page: requests come in; changes of rows, scores that are not stored, faulty events,
/// and the end or start of processes go out.
package dev.rowcast.local.page.action;
