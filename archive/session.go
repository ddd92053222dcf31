package archive

import (
	"fmt"
	"io"
	"strings"
)

// sessionField is in the head of every record that is written here. The
// standard has no such field, so it is ours.
const sessionField = "X-Archive-Session"

// session is a secret of one Archive until its files are handed on: no server
// can put it in an answer. After damage it tells the next record from one that
// lies in the body of an answer, where anybody may have put it.
type session string

func newSession(random io.Reader) (session, error) {
	b := make([]byte, 8)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("random bytes for a session: %w", err)
	}
	return session(fmt.Sprintf("%x", b)), nil
}

// begins reports whether a text is the beginning of a record of the session, or
// of any where it is not known.
func (s session) begins(text string) bool {
	if !strings.HasPrefix(text, version+"\r\n") {
		return false
	}
	_, rest, found := strings.Cut(text, "\r\n"+sessionField+": ")
	value, _, ended := strings.Cut(rest, "\r\n")
	return found && ended && value != "" && (s == "" || value == string(s))
}
