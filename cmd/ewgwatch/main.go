// Command ewgwatch watches news and ministry sites for who took part in which
// activity of the ADMM-Plus Experts' Working Group on Counter-Terrorism, and
// keeps each claim as a dated finding with its quote and its archived bytes.
//
// This package only puts the stages together: one file a command, and the
// night that crawl and demo share.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // zones of sources are known on machines without a zone database

	"github.com/spf13/cobra"
)

func main() { os.Exit(run()) }

// run is main with an exit code to return: 0 all well, 1 failed, 2 usage, 3
// partial, 75 temporary, 78 configuration.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out := &output{file: os.Stdout}
	a := &app{out: out, errOut: os.Stderr}
	err := a.root().ExecuteContext(ctx)
	if out.err != nil && (err == nil || errors.Is(err, errPartial)) {
		err = out.err
	}
	return a.exit(err)
}

// root builds the command tree.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "ewgwatch",
		Short: "Watch who takes part in EWG CT exercises, with proof",
		Long: `ewgwatch reads news and ministry sites and keeps who is said to have attended,
co-chaired, hosted, declined, been absent from or said nothing of the activities
of the ADMM-Plus Experts' Working Group on Counter-Terrorism. Each claim is a
dated finding with its quote and the archived bytes it came from.`,
		Example: `  ewgwatch demo                          see it at work, without the internet
  ewgwatch crawl --data night            read the sites in seeds.txt
  ewgwatch ledger --data night           who is said to have taken part in what
  ewgwatch export --data night -o f.csv  the findings, for a spreadsheet
  ewgwatch read page.html                what one saved page says`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return a.startLogging()
		},
	}
	root.SetOut(a.out)
	root.SetErr(a.errOut)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	flags := root.PersistentFlags()
	flags.StringVar(&a.dataDir, "data", "", "folder of database and archive (default $EWGWATCH_DATA, else $XDG_DATA_HOME/ewgwatch)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing but results and errors")
	flags.StringVar(&a.logFormat, "log-format", "auto", "log lines as auto, text or json")
	root.AddCommand(a.alertCommand(), a.backupCommand(), a.bundleCommand(), a.checkCommand(), a.compactCommand(), a.crawlCommand(), a.demoCommand(), a.evalCommand(), a.eventsCommand(), a.explainCommand(), a.exportCommand(),
		a.ledgerCommand(), a.readCommand(), a.rebuildCommand(), a.rederiveCommand(), a.releaseCommand(), a.restoreCommand(), a.reviewCommand(), a.sourcesCommand(), a.serveCommand(), a.storeCommand(), a.subscribeCommand(), a.verifyCommand())
	return root
}
