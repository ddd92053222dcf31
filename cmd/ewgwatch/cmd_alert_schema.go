package main

import (
	"github.com/spf13/cobra"

	"ewgwatch/alert/message"
)

func (a *app) alertSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of what webhooks and commands get",
		Long: `schema prints the JSON Schema (draft 2020-12) of the body that webhooks and commands
get. Fields are only ever added: a reader leaves alone what it does not know.`,
		Example: "  ewgwatch alert schema > ewgwatch-alert.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(message.Schema())
			return err
		},
	}
}
