package dates

import (
	"fmt"
	"slices"
	"strings"
)

type op uint8

const (
	opTake  op = iota // one token
	opNot             // the next token is not glued on and of these kinds
	opSplit           // try first, then second
	opJump
	opDone
)

type instruction struct {
	op            op
	accepts       kindSet
	slot          slot
	glued         bool
	first, second int
}

// parser reads a pattern: items one after another, "( a | b )" for a choice,
// "?" behind what may be left out, "~" before what must be glued on, "!"
// before what must not follow.
type parser struct {
	fields []string
	at     int
	code   []instruction
}

func (p *parser) peek() string {
	if p.at < len(p.fields) {
		return p.fields[p.at]
	}
	return ""
}

func (p *parser) emit(in instruction) int {
	p.code = append(p.code, in)
	return len(p.code) - 1
}

// insert puts an instruction before what was compiled since from.
func (p *parser) insert(from int, in instruction) {
	p.code = slices.Insert(p.code, from, in)
	for i := from + 1; i < len(p.code); i++ {
		if o := p.code[i].op; o == opSplit || o == opJump {
			p.code[i].first++
			p.code[i].second++
		}
	}
}

func (p *parser) alternatives() error {
	start := len(p.code)
	if err := p.sequence(); err != nil {
		return err
	}
	if p.peek() != "|" {
		return nil
	}
	p.at++
	p.insert(start, instruction{op: opSplit})
	jump := p.emit(instruction{op: opJump})
	p.code[start].first, p.code[start].second = start+1, len(p.code)
	if err := p.alternatives(); err != nil {
		return err
	}
	p.code[jump].first = len(p.code)
	return nil
}

func (p *parser) sequence() error {
	for f := p.peek(); f != "" && f != "|" && f[0] != ')'; f = p.peek() {
		start := len(p.code)
		optional, err := p.term()
		if err != nil {
			return err
		}
		if optional {
			p.insert(start, instruction{op: opSplit})
			p.code[start].first, p.code[start].second = start+1, len(p.code)
		}
	}
	return nil
}

func (p *parser) term() (optional bool, err error) {
	f := p.peek()
	p.at++
	if f != "(" {
		return p.item(f)
	}
	if err := p.alternatives(); err != nil {
		return false, err
	}
	closing := p.peek()
	p.at++
	if closing != ")" && closing != ")?" {
		return false, fmt.Errorf("want a closing bracket, have %q", closing)
	}
	return closing == ")?", nil
}

func (p *parser) item(f string) (optional bool, err error) {
	in := instruction{op: opTake}
	name, optional := strings.CutSuffix(f, "?")
	if rest, ok := strings.CutPrefix(name, "~"); ok {
		in.glued, name = true, rest
	}
	if rest, ok := strings.CutPrefix(name, "!"); ok {
		in.op, name = opNot, rest
	}
	if s, ok := slotNamed(name); ok {
		in.slot, in.accepts = s, slotRules[s].kind.set()
		p.emit(in)
		return optional, nil
	}
	k, ok := kindNamed(name)
	if !ok {
		return false, fmt.Errorf("no item %q", name)
	}
	in.accepts = k.set()
	p.emit(in)
	return optional, nil
}
