package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// notices is where somebody at a terminal is told what goes on: standard error if it is a terminal, else nowhere.
func (p *program) notices() io.Writer {
	if file, ok := p.errOut.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return file
	}
	return io.Discard
}

// progress is a bar of n steps.
func (p *program) progress(what string, n int) *progressbar.ProgressBar {
	return progressbar.NewOptions(n,
		progressbar.OptionSetWriter(p.notices()),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(),
	)
}

// announce prints the line to out if done is not called within a second.
func announce(out io.Writer, line string) (done func()) {
	timer := time.AfterFunc(time.Second, func() { fmt.Fprintln(out, line) })
	return func() { timer.Stop() }
}
