package cli

import (
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"

	"bellwether/internal/fault"
)

// onlyCommands refuses a word behind a command that only holds others.
func onlyCommands(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return unknownCommand(cmd, args[0])
}

// unknownCommand refuses a word that is none of the commands below cmd, and
// names the nearest.
func unknownCommand(cmd *cobra.Command, word string) error {
	nearest, best := "", len(word)/2+1
	for _, child := range cmd.Commands() {
		d := levenshtein.ComputeDistance(strings.ToLower(word), child.Name())
		if child.IsAvailableCommand() && d < best {
			nearest, best = child.CommandPath(), d
		}
	}
	expected := "see --help"
	if nearest != "" {
		expected = nearest + ", perhaps; " + expected
	}
	return fault.New(fault.Invalid, fault.UsageError, "unknown command %q for %q", fault.Clip(word), cmd.CommandPath()).
		Expect("%s", expected)
}

// helpCommand prints the help of a command that is there.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]...",
		Short: "Help about a command",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if found, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				for _, child := range found.Commands() {
					if child.IsAvailableCommand() && strings.HasPrefix(child.Name(), begun) {
						names = append(names, child.Name()+"\t"+child.Short)
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return usage(err)
			case len(rest) > 0:
				return unknownCommand(found, rest[0])
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}
