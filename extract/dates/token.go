package dates

// A token is a number, a word of the lexicon or a mark of punctuation. What
// is none of these ends a segment and is never kept.
type token struct {
	from, to int
	kinds    kindSet
	senses   []sense
	value    int
	digits   int8
	gap      gap
	capital  bool
	han      bool // a number in Chinese characters
}

// gap is what stands before a token.
type gap uint8

const (
	glued gap = iota
	spaced
	blankLine
)

// kind is what a token can be; one word can be several.
type kind uint8

type kindSet uint64

func (k kind) set() kindSet              { return 1 << k }
func (s kindSet) any(other kindSet) bool { return s&other != 0 }
func (t *token) is(k kind) bool          { return t.kinds.any(k.set()) }

const (
	number kind = iota
	slash
	dash
	dot
	comma
	colon
	leftParen
	rightParen
	bar
	apostrophe
	tilde
	plus
	month    // August, value 1-12
	weekday  // Thursday, value 0-6
	weekday1 // 木 in brackets
	yearMark // năm, ปี: before a year
	monthMark
	monthNum // tháng: before the number of a month
	dayMark  // ngày, วันที่, ika-
	yearEnd  // 年, 년, года: after a year
	monthEnd // 月, 월
	dayEnd   // 日, 일
	ordinal  // st, nd, rd, th, º
	of
	the
	from
	to
	and
	in
	on
	at
	early // early, mid, late, 上旬
	am
	pm
	hourEnd // 時, giờ, h
	minuteEnd
	secondEnd
	oclock // น., hrs
	zone
	era      // 令和: value is the year before its first
	eraShort // R, H, S
	firstYear
	buddhist
	common
	relDay
	relWeek
	relMonth
	relYear
	direction // next, last, this
	unit
	ago
	duration // 間, 동안: what stands before it is no date
	timeT
	updated // the date that follows is not the first
	kinds   // how many there are
)

// names of kinds in words/ and forms.tsv.
var kindNames = [kinds]string{
	"num", "/", "-", ".", ",", ":", "lp", "rp", "bar", "'", "tilde", "+",
	"month", "weekday", "weekday1", "yearmark", "monthmark", "monthnum", "daymark",
	"yearend", "monthend", "dayend", "ord", "of", "the", "from", "to", "and", "in", "on", "at", "early",
	"am", "pm", "hour", "minute", "second", "oclock", "zone", "era", "eraletter", "first", "be", "ce",
	"relday", "relweek", "relmonth", "relyear", "dir", "unit", "ago", "duration", "T", "updated",
}

const (
	clockOpening = kindSet(1<<number | 1<<am | 1<<pm | 1<<at)
	// opening is what a date can begin with.
	opening = ^kindSet(1<<slash | 1<<dash | 1<<dot | 1<<comma | 1<<colon | 1<<rightParen | 1<<bar |
		1<<apostrophe | 1<<tilde | 1<<plus | 1<<of | 1<<to | 1<<and | 1<<zone | 1<<duration | 1<<timeT | 1<<updated)
	// core is what a segment needs one of to be worth a look.
	core = kindSet(1<<number | 1<<month | 1<<weekday | 1<<relDay | 1<<relWeek | 1<<relMonth | 1<<relYear)
)

func kindNamed(name string) (kind, bool) {
	for k, n := range kindNames {
		if n == name {
			return kind(k), true
		}
	}
	return 0, false
}
