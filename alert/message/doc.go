// Package message renders an alert into what a person gets: a mail in plain text
// and HTML, a line for a telephone, Markdown for a chat, JSON for a program. It
// sends nothing, keeps nothing and reads no clock: the same alert gives the same
// message.
//
// A message tells what sources say, never what is true: its verbs are of saying,
// what is announced is told apart from what was done, and of two claims that cannot
// both be true neither is called right. It loads nothing from anywhere and counts
// no readers.
//
// All that comes from pages, of sources and of analysts is foreign. It is made one
// line each before it goes anywhere, and escaped for where it goes; the JSON alone
// has it as it was read.
//
// # How to add a language
//
// Copy words/en.txt to words/xx.txt, xx being the BCP 47 tag, and translate what
// stands right of the equals signs. Leave the names in braces. Keys that end in
// .one and .other are chosen by number; add .zero, .two, .few or .many where the
// language has them by the Unicode plural rules, and leave out .one where it has
// not. Names of states that are not the English ones go in as state.SG, and so on.
// The tests say which keys and names are missing. Text of sources is not translated.
package message
