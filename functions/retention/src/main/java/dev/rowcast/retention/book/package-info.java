/// From judgements to outcomes: the [judgements][dev.rowcast.retention.judge.Judgement] of one batch come in, one
/// transaction writes the [cases][dev.rowcast.retention.book.RetentionCase] they change and fires the events of those
/// that
/// were opened or closed, and each judgement is answered by what became of it.
package dev.rowcast.retention.book;
