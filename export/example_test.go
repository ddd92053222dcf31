package export_test

import (
	"fmt"

	"ewgwatch/export"
)

func ExampleGuard() {
	for _, cell := range []string{`=HYPERLINK("https://evil.test")`, "'tis quoted", "Laos took part"} {
		guarded := export.Guard(cell)
		fmt.Println(guarded, export.Unguard(guarded) == cell)
	}
	// Output:
	// '=HYPERLINK("https://evil.test") true
	// ''tis quoted true
	// Laos took part true
}
