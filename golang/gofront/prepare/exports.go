package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// writeExports writes what the compiler exports about each package that programs may import, and
// the list of all packages of the standard library.
func writeExports(out string) {
	dir := filepath.Join(out, "internal/diagnose/data")
	args := append([]string{"list", "-export", "-f", "{{.ImportPath}} {{.Export}}"}, supported()...)
	for line := range strings.Lines(string(run("go", args...))) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		if path == "unsafe" {
			continue
		}
		data := exportData(path, file)
		if err := write(filepath.Join(dir, strings.ReplaceAll(path, "/", "=")), data); err != nil {
			fatal("%v", err)
		}
	}
	var std []string
	for line := range strings.Lines(string(run("go", "list", "std"))) {
		std = append(std, strings.TrimSpace(line))
	}
	slices.Sort(std)
	if err := write(filepath.Join(dir, "std.txt"), []byte(strings.Join(std, "\n")+"\n")); err != nil {
		fatal("%v", err)
	}
}

// supported gives the packages of std.txt: those a program may import.
func supported() []string {
	data, err := os.ReadFile("packages.txt")
	if err != nil {
		fatal("%v", err)
	}
	var paths []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			paths = append(paths, line)
		}
	}
	return paths
}

// exportData takes the type information out of a compiled package.
func exportData(path, file string) []byte {
	f, err := os.Open(file)
	if err != nil {
		fatal("export data of %s: %v", path, err)
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		fatal("export data of %s: %v", path, err)
	}
	data, err := io.ReadAll(r)
	if err != nil || !bytes.HasPrefix(data, []byte("u")) {
		fatal("export data of %s is not in the form of %s: %v", path, goRelease, err)
	}
	data = bytes.TrimSuffix(data[1:], []byte("\n$$\n"))
	return data
}
