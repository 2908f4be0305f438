package api

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// A Selection gathers declarations and all they refer to.
type Selection struct {
	index  *Index
	chosen map[string]map[int]bool // package -> numbers of its chunks
	queue  []Ref
}

// Select starts an empty selection.
func (x *Index) Select() *Selection {
	return &Selection{index: x, chosen: map[string]map[int]bool{}}
}

// Package selects a package, if only by name.
func (s *Selection) Package(path string) {
	if s.chosen[path] == nil && s.index.Has(path) {
		s.chosen[path] = map[int]bool{}
	}
}

// Add selects a declaration, where there is one of the name.
func (s *Selection) Add(path, name string) {
	s.Package(path)
	s.queue = append(s.queue, Ref{path, name})
	for len(s.queue) > 0 {
		r := s.queue[0]
		s.queue = s.queue[1:]
		s.add(r)
	}
}

// AddExported selects all a package exports.
func (s *Selection) AddExported(path string) {
	if !s.index.Has(path) {
		return
	}
	for _, c := range s.index.cut(path).chunks {
		for _, n := range c.Names {
			if token.IsExported(n) && !strings.Contains(n, ".") {
				s.Add(path, n)
			}
		}
	}
}

func (s *Selection) add(r Ref) {
	if !s.index.Has(r.Path) {
		return
	}
	s.Package(r.Path)
	c := s.index.cut(r.Path)
	i, ok := c.byName[r.Name]
	if !ok || s.chosen[r.Path][i] {
		return
	}
	s.chosen[r.Path][i] = true
	for _, imp := range c.chunks[i].Imports {
		s.Package(imp.Path)
	}
	for _, next := range c.chunks[i].Refs {
		if next.Path == "" {
			next.Path = r.Path
		}
		s.queue = append(s.queue, next)
	}
}

// Source gives the selected part of a package as one file.
func (s *Selection) Source(path string) (string, bool) {
	numbers, ok := s.chosen[path]
	if !ok {
		return "", false
	}
	var list []int
	for i := range numbers {
		list = append(list, i)
	}
	slices.Sort(list)
	var imports, body strings.Builder
	seen := map[Import]bool{}
	chunks := s.index.cut(path).chunks
	for _, i := range list {
		for _, imp := range chunks[i].Imports {
			if !seen[imp] {
				seen[imp] = true
				fmt.Fprintf(&imports, "import %s %q\n", imp.Name, imp.Path)
			}
		}
		body.WriteString(chunks[i].Text)
		body.WriteString("\n")
	}
	return "package " + s.index.entries[path].name + "\n" + imports.String() + body.String(), true
}
