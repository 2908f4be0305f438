// Package api cuts the library into declarations and puts together those that a program needs.
//
// A compilation must know the types of the library, and the bodies of what is generic in it, but
// parsing and checking whole packages takes longer than everything else. So the build writes down
// each declaration with what it refers to, functions that are not generic without their bodies; a
// compilation then type-checks a library of the few declarations that the program can reach.
package api

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// A Ref names a declaration: N or, for a method, T.N. An empty path is the same package.
type Ref struct{ Path, Name string }

// An Import is an import of a package under a name.
type Import struct{ Name, Path string }

// A Chunk is a declaration that can stand alone.
type Chunk struct {
	Names   []string // that it declares
	Text    string
	Imports []Import // that its text needs
	Refs    []Ref    // declarations that must be there too
}

// A Package is a package of the library, cut up.
type Package struct {
	Path, Name string
	Chunks     []Chunk
}

// Encode writes packages so that Open can read them.
func Encode(packages []Package) []byte {
	slices.SortFunc(packages, func(x, y Package) int { return strings.Compare(x.Path, y.Path) })
	var directory, blobs []byte
	directory = binary.AppendUvarint(directory, uint64(len(packages)))
	for _, p := range packages {
		directory = text(directory, p.Path)
		directory = text(directory, p.Name)
		directory = binary.AppendUvarint(directory, uint64(len(blobs)))
		blobs = binary.AppendUvarint(blobs, uint64(len(p.Chunks)))
		for _, c := range p.Chunks {
			blobs = chunk(blobs, c)
		}
	}
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(directory)))
	return slices.Concat(size, directory, blobs)
}

func text(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func chunk(b []byte, c Chunk) []byte {
	b = binary.AppendUvarint(b, uint64(len(c.Names)))
	for _, n := range c.Names {
		b = text(b, n)
	}
	b = text(b, c.Text)
	b = binary.AppendUvarint(b, uint64(len(c.Imports)))
	for _, i := range c.Imports {
		b = text(text(b, i.Name), i.Path)
	}
	b = binary.AppendUvarint(b, uint64(len(c.Refs)))
	for _, r := range c.Refs {
		b = text(text(b, r.Path), r.Name)
	}
	return b
}

// An Index finds the declarations of the library.
type Index struct {
	blobs    string
	entries  map[string]entry
	packages map[string]*cut
}

type entry struct {
	name   string
	offset int
}

// A cut is a package's chunks by the names they declare.
type cut struct {
	chunks []Chunk
	byName map[string]int
}

// Open reads what Encode wrote.
func Open(data string) *Index {
	size := binary.LittleEndian.Uint32([]byte(data[:4]))
	r := reader{data[4:]}
	x := &Index{blobs: data[4+size:], entries: map[string]entry{}, packages: map[string]*cut{}}
	for n := r.uint(); n > 0; n-- {
		path, name := r.text(), r.text()
		x.entries[path] = entry{name, r.uint()}
	}
	return x
}

// Has says whether there is such a package.
func (x *Index) Has(path string) bool {
	_, ok := x.entries[path]
	return ok
}

func (x *Index) cut(path string) *cut {
	if c := x.packages[path]; c != nil {
		return c
	}
	e, ok := x.entries[path]
	if !ok {
		panic(fmt.Sprintf("the library has no package %s", path))
	}
	r := reader{x.blobs[e.offset:]}
	c := &cut{chunks: make([]Chunk, r.uint()), byName: map[string]int{}}
	for i := range c.chunks {
		c.chunks[i] = r.chunk()
		for _, n := range c.chunks[i].Names {
			c.byName[n] = i
		}
	}
	x.packages[path] = c
	return c
}

// A reader takes values off the front of a string.
type reader struct{ rest string }

func (r *reader) uint() int {
	x, shift := 0, 0
	for i := 0; ; i++ {
		b := r.rest[i]
		x |= int(b&0x7f) << shift
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return x
		}
		shift += 7
	}
}

func (r *reader) text() string {
	n := r.uint()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) chunk() Chunk {
	var c Chunk
	for n := r.uint(); n > 0; n-- {
		c.Names = append(c.Names, r.text())
	}
	c.Text = r.text()
	for n := r.uint(); n > 0; n-- {
		c.Imports = append(c.Imports, Import{r.text(), r.text()})
	}
	for n := r.uint(); n > 0; n-- {
		c.Refs = append(c.Refs, Ref{r.text(), r.text()})
	}
	return c
}
