package overlay

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// rules say what is taken from GOROOT.
type rules struct {
	keep      map[string]map[string]bool // file -> names; nil names: all of the file
	keepOrder []string
	hasKeep   bool
	dropped   map[string]bool // files and names
}

func readRules(dir string) (*rules, error) {
	r := &rules{keep: map[string]map[string]bool{}, dropped: map[string]bool{}}
	keep, err := lines(filepath.Join(dir, "KEEP"))
	if err == nil {
		r.hasKeep = true
	} else if !os.IsNotExist(err) {
		return nil, err
	}
	for _, line := range keep {
		file, names, some := strings.Cut(line, ":")
		file = strings.TrimSpace(file)
		if !slices.Contains(r.keepOrder, file) {
			r.keepOrder = append(r.keepOrder, file)
		}
		if !some {
			r.keep[file] = nil
			continue
		}
		if r.keep[file] == nil {
			r.keep[file] = map[string]bool{}
		}
		for _, n := range strings.Fields(names) {
			r.keep[file][n] = true
		}
	}
	drop, err := lines(filepath.Join(dir, "DROP"))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for _, line := range drop {
		for _, n := range strings.Fields(line) {
			r.dropped[n] = true
		}
	}
	return r, nil
}

// lines gives the lines of a file without comments and blank ones.
func lines(file string) ([]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}

func (r *rules) keepNothing() bool { return r.hasKeep && len(r.keepOrder) == 0 }

// keptFiles gives the files to take, or nil for those that go/build picks.
func (r *rules) keptFiles() []string {
	if !r.hasKeep {
		return nil
	}
	return r.keepOrder
}

// takes says whether a declaration of a file is taken.
func (r *rules) takes(file, name string) bool {
	if r.dropped[name] {
		return false
	}
	names := r.keep[file]
	return names == nil || names[name]
}

// takesInit says whether the init functions of a file are taken.
func (r *rules) takesInit(file string) bool { return r.keep[file] == nil }
