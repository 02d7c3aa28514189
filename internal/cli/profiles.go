package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/profile"
	"bellwether/internal/term"
)

func (s *session) profilesCommand() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "profiles",
		Short: "List and keep profiles: how files of one kind are read",
		Long: `List the profiles that are kept. A profile says under a name how files of one
kind are read: their encoding and delimiter, what their columns and words mean.
It is YAML with the keys of --set; each change is a version more, and
"bellwether import --profile NAME" takes the newest, NAME@3 the third.`,
		Example: `  bellwether profiles
  bellwether profiles put nbs-quarterly nbs.yaml
  bellwether import 2015-q1.csv --profile nbs-quarterly`,
		Args: onlyCommands,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withProfiles(cmd, server, app.Open, func(by profileKeeper) error {
				all, err := by.list(cmd.Context())
				if err != nil {
					return err
				}
				return s.printProfiles(all)
			})
		},
	}
	addServer(cmd, &server)
	s.addJSON(cmd)
	cmd.AddCommand(s.profilesShow(), s.profilesPut(), s.profilesRetire())
	return cmd
}

func (s *session) printProfiles(all []profileHead) error {
	if s.json {
		return s.printJSON(all)
	}
	if len(all) == 0 {
		s.say("no profiles")
		return nil
	}
	rows := [][]string{{"name", "version", "kept", "by"}}
	for _, p := range all {
		rows = append(rows, []string{p.Name, strconv.Itoa(p.Version), minute(p.At), p.By})
	}
	return term.Table(s.Out, make([]term.Align, len(rows[0])), rows)
}

func (s *session) profilesShow() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "show NAME[@VERSION]",
		Short: "Print a profile as it was kept",
		Example: `  bellwether profiles show nbs-quarterly > nbs.yaml
  bellwether profiles show nbs-quarterly@2 --json`,
		Args: exactly("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, err := profile.ParseRef(args[0])
			if err != nil {
				return err
			}
			return s.withProfiles(cmd, server, app.Open, func(by profileKeeper) error {
				kept, err := by.show(cmd.Context(), ref)
				if err != nil {
					return err
				}
				if s.json {
					return s.printJSON(kept)
				}
				_, err = io.WriteString(s.Out, kept.Text)
				return err
			})
		},
	}
	addServer(cmd, &server)
	s.addJSON(cmd)
	return cmd
}

func (s *session) profilesPut() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "put NAME FILE|-",
		Short: "Keep a file as the next version of a profile",
		Long: `Keep a YAML file, or what comes on standard input, as the next version of a
profile, with its comments. The text that the newest version has makes none. What
no file can be read with is refused with its line. Names have lower-case letters,
digits and hyphens.`,
		Example: `  bellwether profiles put nbs-quarterly nbs.yaml
  bellwether profiles show nbs-quarterly@2 | bellwether profiles put nbs-quarterly -`,
		Args: exactly("NAME", "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := s.readProfile(args[1])
			if err != nil {
				return err
			}
			if _, err := profile.ToKeep(args[0], text); err != nil {
				return err
			}
			return s.withProfiles(cmd, server, app.Create, func(by profileKeeper) error {
				kept, made, err := by.put(cmd.Context(), args[0], text)
				if err != nil {
					return err
				}
				if !made {
					s.say("%s has this text already; nothing to do", kept.ref())
					return nil
				}
				s.say("%s is kept", kept.ref())
				return nil
			})
		},
	}
	addServer(cmd, &server)
	return cmd
}

// readProfile reads the text of a profile from a file or from standard input.
func (s *session) readProfile(path string) ([]byte, error) {
	if path != "-" {
		return readBounded(path, profile.MaxBytes)
	}
	text, err := io.ReadAll(io.LimitReader(s.In, profile.MaxBytes+1))
	if err != nil {
		return nil, cannotRead("standard input", err)
	}
	return text, nil
}

func (s *session) profilesRetire() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "retire NAME",
		Short: "Retire a profile, so that nobody finds it by its name",
		Long: `Retire a profile: from now on nobody finds it by its name. Its versions stay, for
what was read with them; a text that is kept under the name later is its next one.`,
		Example: "  bellwether profiles retire nbs-quarterly",
		Args:    exactly("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := profile.CheckName(args[0]); err != nil {
				return err
			}
			return s.withProfiles(cmd, server, app.Open, func(by profileKeeper) error {
				if err := by.retire(cmd.Context(), args[0]); err != nil {
					return err
				}
				s.say("profile %s is retired", fault.Clip(args[0]))
				return nil
			})
		},
	}
	addServer(cmd, &server)
	return cmd
}

// ref names the version.
func (p profileHead) ref() string {
	return fmt.Sprintf("profile %s", profile.Ref{Name: p.Name, Version: p.Version})
}
