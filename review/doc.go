// Package review is the way of findings to an analyst's spreadsheet and back: which
// columns go out, how the file that comes back is read, and what is to become of it.
// It opens no files, knows no database and writes nothing; what it decides is a
// [Plan] for others to carry out.
//
// A sheet comes back in many shapes: with or without a byte-order mark, in UTF-8 or
// UTF-16, parted by commas, semicolons or tabs, its columns in another order and with
// others between them. [Read] takes them all, but no word that it would have to guess
// at: one bad row, and nothing of the sheet is taken.
//
// Of two analysts who differ, the word of the second is kept beside the first and
// does not hold, unless it settles the matter. How far analysts agree is
// [Agreements].
package review
