package ledger

// numbering numbers strings; "" is none.
type numbering struct {
	numbers map[string]int32
	all     []string
	last    string // findings of one article come one after the other
	number  int32
}

func newNumbering() numbering { return numbering{numbers: map[string]int32{}, number: none} }

func (n *numbering) of(text string) int32 {
	if text == n.last {
		return n.number
	}
	if text == "" {
		return none
	}
	number, known := n.numbers[text]
	if !known {
		number = int32(len(n.all))
		n.numbers[text] = number
		n.all = append(n.all, text)
	}
	n.last, n.number = text, number
	return number
}

const unheard = -2 // instead of a number: the string has none

// find returns the number of a string that may have none.
func (n *numbering) find(text string) int32 {
	if text == "" {
		return none
	}
	if number, known := n.numbers[text]; known {
		return number
	}
	return unheard
}
