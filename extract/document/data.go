package document

import (
	"embed"
	"io/fs"
)

//go:embed rules/*.txt
var data embed.FS

// Data is the embedded files, for a hash over the rules in force.
func Data() fs.FS { return data }
