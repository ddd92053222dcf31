// Package lexicon holds the words the reader knows: how nineteen states and
// their forces are named, what only looks like such a name, how the forum,
// its working group and its exercises are called, and the phrases that say a
// state attended, declined or was absent. The words are data, one file a
// language beside this one; adding a language needs no Go.
//
// It loads and checks the files. It reads no article.
package lexicon

import (
	"cmp"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"ewgwatch"
)

//go:embed *.txt
var files embed.FS

// Lexicon is every phrase of every language.
type Lexicon struct {
	Phrases []Phrase
	Langs   []string // in alphabetical order
}

// Phrase is something to look for in a text.
type Phrase struct {
	Lang    string   // file it came from: "en", "zh"
	Parts   []string // in order, each found within Gap bytes after the one before; mostly one
	Role    Role
	State   ewgwatch.State  // for the roles that name one
	Stance  ewgwatch.Stance // for cues
	Planned bool            // for cues: said of what is still to come
	Place   string          // for seats and other places: its English name; "" where the form is English
	Kind    ewgwatch.EventKind
	Prefix  bool // written with a trailing *: what follows may go on as a longer word
	Beside  bool // written with a leading +: the state stands right beside it, or it says nothing
}

// Gap is the largest distance, in bytes, between two parts of a phrase.
const Gap = 160

// Role is what a phrase does in a sentence.
type Role string

// Roles of names.
const (
	Name  Role = "name"  // the state
	Body  Role = "body"  // ministry, forces or government that stands for it
	Seat  Role = "seat"  // its capital: a place, or the government that sits there
	Place Role = "place" // any other place on its soil; names no actor
	Adj   Role = "adj"   // adjective, demonym
	Short Role = "short" // one character that counts only joined to another: 中泰
	Needs Role = "needs" // counts only where the article names the state in full as well
	Self  Role = "self"  // the publisher's own: 我国, "our country"
	Mask  Role = "not"   // contains a name and does not mean the state
)

// Roles of topic words.
const (
	Forum  Role = "forum"  // ADMM-Plus
	Group  Role = "group"  // the EWG on counter-terrorism, in so many words
	Panel  Role = "panel"  // an experts' working group, of some subject
	CT     Role = "ct"     // counter-terrorism
	Rival  Role = "rival"  // another group, track or exercise
	Asean  Role = "asean"  // ASEAN itself
	Kind   Role = "kind"   // an exercise or a meeting
	Member Role = "member" // "ADMM-Plus comprises": what follows is a list of members
)

// Roles of grammar.
const (
	Before   Role = "before"   // cue: the state stands before it
	After    Role = "after"    // cue: the states stand after it
	Here     Role = "here"     // cue of place: the place stands right after it
	There    Role = "there"    // cue of place: the place stands right before it
	And      Role = "and"      // joins a list
	Delegate Role = "delegate" // "representatives of": what follows can act
	At       Role = "at"       // preposition that makes a name a place
	To       Role = "to"       // preposition that makes a name an object
	Source   Role = "source"   // "according to", "unlike": who follows up to a comma does nothing there
	Suffix   Role = "suffix"   // particle after a name that makes it a place or object
	Of       Role = "of"       // particle after a place that makes it belong to what follows: モスクワの会合
	Topical  Role = "subject"  // particle after a name that makes it the subject
	With     Role = "with"     // "along with": joins a list after the verb to the subject
	Break    Role = "break"    // begins a new clause
	Veto     Role = "veto"     // what follows in the clause is asked for or asked about, not said
	Unsaid   Role = "unsaid"   // what stands right before it is asked for or asked about, not said: 欠席を求める
	Not      Role = "negator"  // negates the verb after it
	Nor      Role = "nor"      // begins a sentence that says the same of others: "Nor have China and India"
	One      Role = "one"      // stands for an event spoken of before it, where a place is beside it: "the Moscow one"
	Same     Role = "same"     // an event after it was spoken of before; a date beside it is not its own
	Since    Role = "since"    // a date after it is not when an event takes place
	Former   Role = "former"   // of an earlier or a later pair of chairs
	Future   Role = "future"   // what follows is still to come
	It       Role = "it"       // begins a sentence about the subject of the one before
	Members  Role = "members"  // the ASEAN members as a group
	Partners Role = "partners" // the Plus partners as a group
	Lead     Role = "lead"     // says that two states known as a pair of chairs lead: "run by"
	Party    Role = "party"    // people whose state is there where they are: "delegation"
	Force    Role = "force"    // the same in a sentence that speaks of no harm: "soldiers"
	Harm     Role = "harm"     // what soldiers do elsewhere: "shelled"
	All      Role = "all"      // makes a group whole
	Except   Role = "except"
	Word     Role = "word"  // holds another phrase and is not it: ระหว่าง holds ว่า; for scripts that part no words
	Opens    Role = "opens" // begins a sentence behind a space, for scripts without full stops
	Which    Role = "which" // a preposition that begins a clause where a verb follows the name: ที่ไทยเป็นเจ้าภาพ
)

// Default returns the embedded lexicon. It is read once.
var Default = sync.OnceValues(func() (*Lexicon, error) { return Load(files) })

// Load reads every .txt file of a folder. Its error joins every mistake, each
// naming file and line.
func Load(folder fs.FS) (*Lexicon, error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, err
	}
	lexicon := &Lexicon{}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		phrases, err := parse(name, string(text))
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(path.Base(name), ".txt")
		for i := range phrases {
			phrases[i].Lang = lang
		}
		lexicon.Phrases = append(lexicon.Phrases, phrases...)
		lexicon.Langs = append(lexicon.Langs, lang)
	}
	lexicon.Phrases = distinct(lexicon.Phrases)
	slices.SortStableFunc(lexicon.Phrases, func(a, b Phrase) int { return cmp.Compare(a.Lang, b.Lang) })
	return lexicon, nil
}

// distinct drops phrases that say the same as an earlier one.
func distinct(phrases []Phrase) []Phrase {
	seen := map[string]bool{}
	return slices.DeleteFunc(phrases, func(p Phrase) bool {
		key := strings.Join([]string{p.Lang, string(p.Role), string(p.State), string(p.Stance), string(p.Kind), strings.Join(p.Parts, "\x00")}, "\x01")
		again := seen[key]
		seen[key] = true
		return again
	})
}

// Data is the embedded files, for a hash over the rules in force.
func Data() fs.FS { return files }
