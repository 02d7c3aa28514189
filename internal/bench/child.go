package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// childRun is what a run of the service's program took.
type childRun struct {
	Took time.Duration `json:"took_ns"`
	Peak memory        `json:"peak_bytes"`
}

// importFile publishes a file with the program, in a process of its own.
func (b *bench) importFile(ctx context.Context, d *database, path string) (childRun, error) {
	self, err := os.Executable()
	if err != nil {
		return childRun{}, err
	}
	words := append([]string{measureWord}, b.program...)
	words = append(words, "import", path, "--publish", "now", "--database", d.dsn)
	command := exec.CommandContext(ctx, self, words...)
	var complaint strings.Builder
	command.Dir, command.Env, command.Stderr = b.dir, environment(), &complaint
	output, err := command.Output()
	if err != nil {
		return childRun{}, fmt.Errorf("import %s: %w: %s", path, err, complaint.String())
	}
	var run childRun
	return run, json.Unmarshal(output, &run)
}

// environment is that of this process without settings of the service.
func environment() []string {
	var kept []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "BELLWETHER_") {
			kept = append(kept, pair)
		}
	}
	return kept
}

// measureWord, as the first word of this program, makes it run the others as a
// program and print what that took. It stands between the two because Linux
// counts the memory of the process that starts another one as that of the
// started one too, and this program has little in such a run.
const measureWord = "measure"

// measure is this program as measureWord makes it. It returns its exit code.
func measure(words []string, out, complaints io.Writer) int {
	command := exec.Command(words[0], words[1:]...)
	command.Stderr = complaints
	began := time.Now()
	err := command.Run()
	run := childRun{Took: time.Since(began)}
	if err == nil {
		run.Peak, err = peakOf(command.ProcessState)
	}
	if err == nil {
		err = json.NewEncoder(out).Encode(run)
	}
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 1
	}
	return 0
}

// peakOf is the largest memory of a process that has ended.
func peakOf(ended *os.ProcessState) (memory, error) {
	usage, ok := ended.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, fmt.Errorf("this system does not tell how much memory a process took")
	}
	if runtime.GOOS == "darwin" {
		return memory(usage.Maxrss), nil
	}
	return memory(usage.Maxrss) << 10, nil
}
