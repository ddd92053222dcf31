package pdf

import (
	"embed"
	"io/fs"
)

//go:embed glyphs.tsv
var data embed.FS

// Data is the embedded files, for a hash over the rules in force.
func Data() fs.FS { return data }
