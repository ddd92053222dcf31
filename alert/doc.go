// Package alert decides which subscriber is owed what. It is pure: it reads no clock,
// keeps nothing and sends nothing; what it must know are the [Facts], what it decides
// is a Plan, and the same facts give the same plan with the same IDs.
//
// What is told is a claim, state x event x stance, and not a page: however many
// findings and changes lead to it, a subscriber hears of it once.
//
//   - New: it stands, a finding that is no back-fill matches the filters, as many
//     independent voices say it as the subscriber asked for, and that was not so
//     before. Before is what was found earlier, and what was claimed when the
//     subscription was not there yet.
//   - Told as planned, it is told again once it is done.
//   - More voices are told where they cross one of the subscriber's steps. Fewer are
//     not told, as long as anybody says it.
//   - What nobody says any more is taken back, once, from all who were told, whatever
//     they ask for today. Where an analyst says what is right, that is in the same
//     message, and counts as told. What is said again after that is told again.
//   - The first contradiction in a cell is told to all who know either side, and to
//     those who asked for contradictions; both sides count as told then.
//   - Sources are told as they become blocked, silent or gone, and as they are back
//     to those who heard that they went. Filters of kind and language hold for them;
//     of state, stance and event none does, as a silent source may hide any of them.
//   - Who is paused is owed nothing, corrections included, and has no arrears.
//   - A claim that is tied to no event is none, and is not told.
//
// Every decision has a [Reason] out of a closed list; [Book.Explain] gives it for each
// subscriber.
package alert
