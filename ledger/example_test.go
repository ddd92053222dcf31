package ledger_test

import (
	"fmt"
	"os"

	"ewgwatch"
	"ewgwatch/ledger"
)

func ExampleLedger_Table() {
	drill := ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Field exercise 2023", Kind: ewgwatch.Field, Place: "Sergeevsky range", Start: ewgwatch.Date{Year: 2023, Month: 9, Day: 25}}
	l, err := ledger.New(seq([]ewgwatch.Finding{
		says("tribune", ewgwatch.Laos, ewgwatch.Attended, drill, "Laos took part in the exercise."),
		says("courier", ewgwatch.Laos, ewgwatch.Attended, drill, "A Lao company was among the troops."),
	}), nil, ledger.Options{State: ewgwatch.Laos})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := l.Table(os.Stdout, ledger.TableOptions{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	//                2023-09-25
	//                field
	//                Sergeevsky range
	// -------------------------------
	// Laos           attended ×2
	// -------------------------------
	// told by        2 sources
	//
	// ×2    two independent voices; copies of one text count once
	// ≠     contradicted by another source, see below
	// to …  planned, not done
}

func ExampleVoices() {
	wire := "Singapore stayed away from the table-top exercise in Naypyitaw, officials said on Friday."
	fmt.Println(ledger.Voices([]ewgwatch.Finding{
		{Source: ewgwatch.Source{ID: "tribune.test"}, Quote: wire},
		{Source: ewgwatch.Source{ID: "gazette.test"}, Quote: "YANGON – " + wire}, // the same wire story
		{Source: ewgwatch.Source{ID: "herald.test"}, Quote: "No Singaporean officer was at the table, our reporter saw."},
	}))
	// Output: 2
}
