// Gofront turns Go source into a program in SSA form, or says what go build would say against it.
//
// It reads one request from standard input and writes one answer to standard output, as FORMAT.md
// describes, keeps nothing and touches no file.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"time"

	"paniclab/gofront/internal/cside"
	"paniclab/gofront/internal/diagnose"
	"paniclab/gofront/internal/encode"
	"paniclab/gofront/internal/load"
	"paniclab/gofront/internal/mutate"
)

// Limits on what a request may ask.
const (
	maxSource  = 1 << 20 // bytes of all files together
	maxFiles   = 1000
	timeLimit  = 10 * time.Second
	statusBad  = 2 // the request is not in the form of FORMAT.md
	statusSlow = 3 // timeLimit was reached
)

func main() {
	time.AfterFunc(timeLimit, func() {
		fmt.Fprintf(os.Stderr, "gofront: compiling took more than %v\n", timeLimit)
		os.Exit(statusSlow)
	})
	in := bufio.NewReader(os.Stdin)
	mutations, err := wantsMutations(in)
	var files []diagnose.File
	if err == nil {
		files, err = readRequest(in)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "gofront: request: %v\n", err)
		os.Exit(statusBad)
	}
	result := answer
	if mutations {
		result = encodeMutations
	}
	if _, err := os.Stdout.Write(result(files)); err != nil {
		fmt.Fprintf(os.Stderr, "gofront: answer: %v\n", err)
		os.Exit(1)
	}
}

// wantsMutations takes the line "mutations" off a request that begins with it.
func wantsMutations(in *bufio.Reader) (bool, error) {
	const line = "mutations\n"
	b, err := in.Peek(len(line))
	if string(b) != line {
		if err == io.EOF {
			err = nil
		}
		return false, err
	}
	_, err = in.Discard(len(line))
	return true, err
}

// encodeMutations lists the programs that differ from this one in one edit.
func encodeMutations(files []diagnose.File) []byte {
	b := encode.NewBuffer()
	b.Byte('M')
	list := mutate.List(files)
	b.Uint(len(list))
	for _, m := range list {
		b.Text(m.Kind)
		b.Text(m.File)
		b.Uint(m.Line)
		b.Text(string(m.Text))
	}
	return b.Bytes()
}

// answer compiles the files.
func answer(files []diagnose.File) []byte {
	c := cside.Check(files)
	r := c.Result
	if len(r.Diagnostics) > 0 {
		return encodeDiagnostics('R', r.Diagnostics)
	}
	if len(r.Unsupported) > 0 {
		return encodeDiagnostics('U', r.Unsupported)
	}
	unit, unsupported := load.Compile(c.Files)
	if len(unsupported) > 0 {
		return encodeDiagnostics('U', unsupported)
	}
	if c.C == nil {
		return append([]byte{'P'}, unit...)
	}
	b := encode.NewBuffer()
	b.Byte('C')
	c.C.Encode(b)
	b.Raw(unit)
	return b.Bytes()
}

// readRequest reads the files: for each a line with the lengths of name and text in bytes, then the
// two themselves.
func readRequest(in *bufio.Reader) ([]diagnose.File, error) {
	var files []diagnose.File
	total := 0
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF && line == "" {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		var name, text int
		if n, err := fmt.Sscanf(line, "file %d %d\n", &name, &text); n != 2 || err != nil || name < 0 || text < 0 {
			return nil, fmt.Errorf("%q is not of the form: file NAME-LENGTH TEXT-LENGTH", line)
		}
		if total += name + text; total > maxSource || len(files) == maxFiles {
			return nil, fmt.Errorf("more than %d bytes or %d files", maxSource, maxFiles)
		}
		b := make([]byte, name+text)
		if _, err := io.ReadFull(in, b); err != nil {
			return nil, err
		}
		files = append(files, diagnose.File{Name: string(b[:name]), Text: b[name:]})
	}
}

// encodeDiagnostics writes the kind of answer, how many messages there are, and each.
func encodeDiagnostics(kind byte, list []diagnose.Diagnostic) []byte {
	b := encode.NewBuffer()
	b.Byte(kind)
	b.Uint(len(list))
	for _, d := range list {
		b.Text(d.File)
		b.Uint(d.Line)
		b.Uint(d.Column)
		b.Text(d.Message)
	}
	return b.Bytes()
}
