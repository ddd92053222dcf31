// Package secret reads the secrets that a channel refers to, and keeps them out of
// what people read. Secrets live in the environment and in files, never in what is
// kept.
package secret

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"ewgwatch"
)

// maxSecret is the most that is read of a file: keys are smaller.
const maxSecret = 64 << 10

// references are those that stand in Channel.To.
var references = regexp.MustCompile(`\$\{(env|file):([^}]*)\}`)

// Resolve returns the channel with the references of To and Secret replaced by
// what they stand for. Its errors name the reference, not a value.
func Resolve(channel ewgwatch.Channel) (ewgwatch.Channel, error) {
	to, err := Expand(channel.To)
	if err != nil {
		return ewgwatch.Channel{}, err
	}
	key, err := Lookup(channel.Secret)
	if err != nil {
		return ewgwatch.Channel{}, err
	}
	return ewgwatch.Channel{Kind: channel.Kind, To: to, Secret: key}, nil
}

// Expand replaces every ${env:NAME} and ${file:PATH} of a text.
func Expand(text string) (string, error) {
	var errs []error
	expanded := references.ReplaceAllStringFunc(text, func(reference string) string {
		value, err := Lookup(strings.TrimSuffix(strings.TrimPrefix(reference, "${"), "}"))
		if err != nil {
			errs = append(errs, err)
		}
		return value
	})
	return expanded, errors.Join(errs...)
}

// Lookup returns what env:NAME or file:PATH stands for; "" stands for "". White
// space around the content of a file is no part of it. What is empty is missing.
func Lookup(reference string) (string, error) {
	kind, name, _ := strings.Cut(reference, ":")
	var value string
	switch {
	case reference == "":
		return "", nil
	case kind == "env":
		value = os.Getenv(name)
	case kind == "file":
		text, err := readFile(name)
		if err != nil {
			return "", err
		}
		value = text
	default:
		return "", errors.New("want a secret as env:NAME or file:PATH, have something else") // it may be the secret itself
	}
	if value == "" {
		return "", fmt.Errorf("%s:%s is empty or not set", kind, name)
	}
	return value, nil
}

func readFile(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxSecret+1))
	if err != nil {
		return "", err
	}
	if len(text) > maxSecret {
		return "", fmt.Errorf("%s: want a secret of at most %d bytes", name, maxSecret)
	}
	return strings.TrimSpace(string(text)), nil
}
