package dates

import (
	"embed"
	"io/fs"
)

//go:embed forms.tsv words/*.tsv
var data embed.FS

// Data is the embedded files, for a hash over the rules in force.
func Data() fs.FS { return data }
