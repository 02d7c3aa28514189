package cli

import (
	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/store"
	"bellwether/internal/term"
)

func (s *session) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Create the database or bring it forward to this version",
		Long: `Create the database or bring it forward to this version. "serve" does the same
when it starts; this command is for doing it beforehand. There is no way back:
take a backup first.`,
		Example: "  bellwether backup before.db && bellwether migrate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open(cmd, app.Create)
			if err != nil {
				return err
			}
			defer a.Close()
			s.say("the database is at schema %d", store.SchemaVersion)
			return nil
		},
	}
}

func (s *session) verifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the database keeps its own rules",
		Long: `Check that the database keeps its own rules: which version is in force when is
computed anew and compared, originals are hashed, revisions are in order. Reads
only. Exit code 1 when anything is wrong.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.verify(cmd) },
	}
	s.addJSON(cmd)
	return cmd
}

func (s *session) verify(cmd *cobra.Command) error {
	a, err := s.open(cmd, app.Open)
	if err != nil {
		return err
	}
	defer a.Close()
	bar := term.NewProgress(s.Err, "verify")
	findings, err := a.Store.Verify(cmd.Context(), bar.Set)
	bar.Done()
	if err != nil {
		return err
	}
	if s.json {
		if err := s.printJSON(findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			s.say("%s: %s", f.Where, f.What)
		}
	}
	if len(findings) > 0 {
		return fault.New(fault.Internal, fault.VerifyFailed, "%d findings", len(findings))
	}
	s.say("the database keeps its rules")
	return nil
}

func (s *session) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a consistent copy of the database to a new file",
		Long: `Write a consistent copy of the database to a new SQLite file, also while it is
served and from PostgreSQL too. The copy is read back and verified before the
command succeeds. A file that is there is never overwritten.`,
		Example: `  bellwether backup figures-2026-11-23.db
  bellwether backup figures.db --database postgres://bellwether@localhost/figures`,
		Args: exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			config, log, err := s.loadWithLog(cmd)
			if err != nil {
				return err
			}
			bar := term.NewProgress(s.Err, "backup")
			defer bar.Done()
			return store.Backup(cmd.Context(), config.StoreOptions(app.Tools{Log: log, Clock: s.clock}), args[0], bar.Set)
		},
	}
}

func (s *session) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Fill an empty database from a backup",
		Long: `Fill an empty database from a backup: all rows, both times of every vintage and
the originals. A database that holds anything is refused. What was written is
read back and verified before the command succeeds.`,
		Example: "  bellwether restore figures-2026-11-23.db --database sqlite:new.db",
		Args:    exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			config, _, err := s.load(cmd)
			if err != nil {
				return err
			}
			return s.copy(cmd, "sqlite:"+args[0], config.Database)
		},
	}
}

func (s *session) copyCommand() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "copy --from DATABASE --to DATABASE",
		Short: "Copy everything into an empty database, of the other engine too",
		Long: `Copy everything into an empty database, of the same engine or the other: all
rows, both times of every vintage, revision ids, keys and originals. Every read
of the copy answers byte for byte the same. The copy is verified before the
command succeeds.`,
		Example: "  bellwether copy --from sqlite:bellwether.db --to postgres://bellwether@localhost/figures",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.copy(cmd, from, to) },
	}
	cmd.Flags().StringVar(&from, "from", "", "the database to read")
	cmd.Flags().StringVar(&to, "to", "", "the empty database to fill; created when it is not there")
	for _, name := range []string{"from", "to"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return cmd
}

func (s *session) copy(cmd *cobra.Command, from, to string) error {
	config, log, err := s.loadWithLog(cmd)
	if err != nil {
		return err
	}
	source := config.StoreOptions(app.Tools{Log: log, Clock: s.clock})
	target := source
	source.DSN, target.DSN = from, to
	bar := term.NewProgress(s.Err, "copy")
	defer bar.Done()
	return store.Copy(cmd.Context(), source, target, bar.Set)
}
