package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"bellwether/internal/ingest"
	"bellwether/internal/profile"
	"bellwether/internal/term"
)

// proposeFile writes how a file is to be read, as far as that can be found out,
// as a profile to standard output, and what is still open to standard error.
func (s *session) proposeFile(ctx context.Context, l *localImporter, path string) error {
	request, err := l.request(ctx, path, ingest.Publish{})
	if err != nil {
		return err
	}
	found, err := l.app.Ingest.Detect(ctx, request)
	if err != nil {
		return err
	}
	text, err := profile.Print(found.Settings, reasons(found.Taken))
	if err != nil {
		return err
	}
	if _, err := s.Out.Write(text); err != nil {
		return err
	}
	writeOpen(s.Err, found.Report)
	if refused := found.Report.Fault(); refused != nil {
		return errors.Join(errShown, refused)
	}
	return nil
}

// reasons are the comments of a profile: what in the file speaks for each
// setting.
func reasons(taken []ingest.Proposal) map[string]string {
	why := map[string]string{}
	for _, p := range taken {
		field := p.Key
		for _, k := range ingest.SettingKeys() {
			if k.Kind == ingest.SettingEntries && strings.HasPrefix(p.Key, k.Field+".") {
				field = k.Field
			}
		}
		reason := atLine(p) + p.Reason
		if why[field] != "" {
			reason = why[field] + "\n" + reason
		}
		why[field] = reason
	}
	return why
}

func atLine(p ingest.Proposal) string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d: ", p.Line)
}

// writeOpen writes what only a person can say of a file, and what may be meant.
func writeOpen(w io.Writer, r *ingest.Report) {
	for _, q := range r.Questions {
		fmt.Fprintf(w, "open: %s; answer with --set %s\n", q.Reason, forShell(q.Answer))
	}
	for _, p := range r.Proposed {
		for _, choice := range choices(p) {
			fmt.Fprintf(w, "perhaps: --set %s\n", forShell(choice))
		}
	}
	writeFindings(w, "errors", r.ErrorTotal, r.ErrorCounts, r.ErrorGroups, r.Errors)
}

// choices are the settings that a proposal leaves open, the likeliest first.
func choices(p ingest.Proposal) []string {
	all := []string{p.Key + "=" + p.Value}
	for _, other := range p.Others {
		if !strings.Contains(other, "=") {
			other = p.Key + "=" + other
		}
		all = append(all, other)
	}
	return all
}

// talk asks a person what a file leaves open, one thing after the other, and
// reads the file again with each answer. It ends when nothing is open or the
// person says no more, and returns the last reading.
func (s *session) talk(ctx context.Context, l *localImporter, path string, result *ingest.Result) (*ingest.Result, error) {
	asked := false
	for {
		answers, ok := s.ask(result.Report)
		if !ok || len(answers) == 0 {
			break
		}
		asked = true
		l.with = l.with.answered(answers)
		var err error
		if result, err = l.run(ctx, path, ingest.Publish{}); err != nil {
			return result, err
		}
		writeFirst(s.Err, result.Report.Understood.First)
	}
	if asked && result.Report.Verdict == ingest.Accept {
		return result, s.offerToKeep(ctx, l)
	}
	return result, nil
}

// ask asks for what a report leaves open; ok is false when the person does not
// say. A report that leaves nothing open has no answers.
func (s *session) ask(r *ingest.Report) (answers []string, ok bool) {
	for _, p := range r.Proposed {
		answer, ok := s.askProposal(p)
		if !ok {
			return nil, false
		}
		answers = append(answers, answer)
	}
	if len(answers) == 0 && len(r.Questions) > 0 {
		q := r.Questions[0]
		fmt.Fprintf(s.Err, "%s\n  such as %s\n", q.Reason, q.Answer)
		answer, ok := s.setting("  KEY=VALUE"+orJust(keyIn(q.Answer))+", or nothing to stop: ", keyIn(q.Answer), nil)
		return []string{answer}, ok
	}
	return answers, true
}

// askProposal asks for one setting: yes, another one of those that may be
// meant, or one that the person types.
func (s *session) askProposal(p ingest.Proposal) (answer string, ok bool) {
	fmt.Fprintf(s.Err, "%s%s\n", atLine(p), p.Reason)
	all := choices(p)
	if !p.Open() {
		return s.setting(fmt.Sprintf("  %s? [Y/n, or another KEY=VALUE] ", all[0]), "", map[string]string{"": all[0], "y": all[0], "yes": all[0]})
	}
	named := map[string]string{}
	for i, choice := range all {
		number := fmt.Sprint(i + 1)
		named[number] = choice
		fmt.Fprintf(s.Err, "  %s) %s\n", number, choice)
	}
	return s.setting("  which one, or another KEY=VALUE"+orJust(p.Key)+"; nothing to stop: ", p.Key, named)
}

// keyIn returns the key that an answer leaves the value of open, such as
// constants.unit in "constants.unit=<unit>, or a row of units".
func keyIn(answer string) string {
	for _, part := range strings.Fields(answer) {
		if key, _, open := strings.Cut(part, "=<"); open && !strings.Contains(key, "<") && strings.HasPrefix(key, "constants.") {
			return key
		}
	}
	return ""
}

// orJust says that a value alone is of a key.
func orJust(key string) string {
	if key == "" {
		return ""
	}
	return ", or just the value of " + key
}

// setting reads one setting: what is named, KEY=VALUE, or the value of the key
// where there is one. It asks again after one that no file can be read with.
func (s *session) setting(prompt, of string, named map[string]string) (string, bool) {
	for {
		line, ok := s.line(prompt)
		if !ok {
			return "", false
		}
		if answer, known := named[strings.ToLower(line)]; known {
			return answer, true
		}
		if line == "" || strings.EqualFold(line, "n") {
			return "", false
		}
		if of != "" && !strings.Contains(line, "=") {
			line = of + "=" + line
		}
		key, value, isPair := strings.Cut(line, "=")
		if !isPair {
			return "", false
		}
		_, err := ingest.Settings{}.With(key, value)
		if err == nil {
			return line, true
		}
		s.report(err)
	}
}

// answered adds what a person said to what files are read with.
func (r readWith) answered(answers []string) readWith {
	before := r.onTop
	r.onTop = func(settings ingest.Settings) (ingest.Settings, error) {
		settings, err := before(settings)
		for _, answer := range answers {
			if err != nil {
				return settings, err
			}
			key, value, _ := strings.Cut(answer, "=")
			settings, err = settings.With(key, value)
		}
		return settings, err
	}
	return r
}

// writeFirst shows the first figures of a file as they were read.
func writeFirst(w io.Writer, first []ingest.FirstRow) {
	rows := make([][]string, 0, len(first))
	for _, r := range first {
		value := r.Value
		if r.Multiplier != 0 {
			value += fmt.Sprintf(" ×10^%d", r.Multiplier)
		}
		rows = append(rows, []string{fmt.Sprintf("  line %d", r.Line), r.Series, r.Period, value})
	}
	if len(rows) > 0 {
		fmt.Fprintln(w, "read so:")
		_ = term.Table(w, make([]term.Align, 4), rows) // a terminal that is gone hears nothing anyway
	}
}

// offerToKeep keeps the answers for the next file of the kind, when the person
// names where: in the database, or in a file.
func (s *session) offerToKeep(ctx context.Context, l *localImporter) error {
	name, ok := s.line("keep the answers as a profile? its name, a file that ends in .yaml, or nothing: ")
	if !ok || name == "" {
		return nil
	}
	settings, _, err := l.with.settings(ctx, l.app.Store)
	if err != nil {
		return err
	}
	text, err := profile.Print(settings, nil)
	if err != nil {
		return err
	}
	switch {
	case isProfileFile(name):
		err = writeNew(name, text)
	case l.scratch != "":
		s.say("there is no database yet that could keep it; name a file")
		return nil
	default:
		if err = profile.CheckName(name); err == nil {
			_, _, err = localProfiles{s, l.app}.put(ctx, name, text)
		}
	}
	if err != nil {
		s.report(err)
		return nil
	}
	s.say("kept; the next file of this kind is read with --profile %s", name)
	return nil
}
