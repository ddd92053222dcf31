package pdf

// The objects of ISO 32000-2, 7.3. Numbers are float64, strings are string,
// true and false are bool, and null and what cannot be read are nil.
type (
	object any
	name   string
	word   string // an operator or keyword: obj, R, Tj
	array  []object
	dict   map[name]object
	ref    int // the number of an indirect object; generations are not kept
)

// stream is a dictionary and the bytes that follow it, filters not undone.
type stream struct {
	dict dict
	raw  []byte
	id   ref // the object it stands in: its key, where the file is encrypted
	gen  int
}
