// Package cgo is the part of the toolchain's cgo command that rewrites Go files which import "C". The
// build copies it from the toolchain, but for what asks a C compiler about names: that is here, and
// asks a C front end written in Go.
package cgo

import (
	"bytes"
	"debug/dwarf"
	"fmt"
	"go/token"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"paniclab/gofront/internal/gc/edit"
)

// A Compiler knows the C of one file.
type Compiler interface {
	// Define is the replacement of a macro without parameters, or empty.
	Define(name string) string
	// Kind is what a C name means: type, iconst, fconst, sconst, not-type, or empty if it is not declared.
	Kind(name string) string
	// Types gives the types of C names: what each denotes, or the type of its value.
	Types(names []string) []dwarf.Type
	// Value is the value of a constant.
	Value(name string) (int64, float64, string)
}

// A Source is a Go file of the program.
type Source struct {
	Name string // as it shall be named in //line directives
	Text []byte
}

// A Failure is a message of cgo.
type Failure struct {
	File         string
	Line, Column int
	Message      string
}

// An Export is a Go function that C may call.
type Export struct {
	Name string // in C
	Func string // in Go, in full
	Decl string // C declaration
}

// A Result is what cgo makes of a program.
type Result struct {
	Files    []Source // in the order of the sources: those that import "C", rewritten
	GoTypes  string   // _cgo_gotypes.go
	Exports  []Export
	Header   string // what _cgo_export.h declares
	Failures []Failure
}

var (
	compilers = map[*File]Compiler{}
	failures  []Failure
	created   = map[string]*output{}
)

type output struct{ bytes.Buffer }

func (o *output) Close() error { return nil }

func creat(name string) *output {
	o := &output{}
	created[filepath.Base(name)] = o
	return o
}

var nerrors int

type stop struct{}

func exit(int) { panic(stop{}) }

func fatalf(msg string, args ...any) {
	if nerrors == 0 {
		nerrors++
		failures = append(failures, Failure{Message: "cgo: " + fmt.Sprintf(msg, args...)})
	}
	panic(stop{})
}

func error_(pos token.Pos, msg string, args ...any) {
	nerrors++
	f := Failure{Message: fmt.Sprintf(msg, args...)}
	if pos.IsValid() {
		p := fset.Position(pos)
		f.File, f.Line, f.Column = p.Filename, p.Line, p.Column
	} else {
		f.Message = "cgo: " + f.Message
	}
	failures = append(failures, f)
}

func lineno(pos token.Pos) string {
	p := fset.Position(pos)
	p.Filename = printed(p.Filename)
	return p.String()
}

func (p *Package) gccgoSymbolPrefix() string { return "" }

func gccgoToSymbol(s string) string { return s }

// Preamble gives the C text of a Go file's import "C", with line directives, as the C compiler gets it.
func Preamble(s Source) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(stop); !ok {
				panic(r)
			}
			err = fmt.Errorf("%s: cgo cannot read it", s.Name)
		}
	}()
	f := new(File)
	f.Edit = edit.NewBuffer(s.Text)
	f.ParseGo(s.Name, s.Text)
	return f.Preamble, nil
}

// Prolog is the C that stands before each preamble.
const Prolog = builtinProlog

// Run rewrites files that import "C"; compiler tells of the C of each.
func Run(files []Source, compiler func(file Source, preamble string) Compiler) (r Result) {
	failures, nerrors = nil, 0
	defer func() {
		if e := recover(); e != nil {
			if _, ok := e.(stop); !ok {
				panic(e)
			}
		}
		r.Failures = failures
	}()
	goarch, goos = "amd64", "linux"
	gccBaseCmd = []string{"gcc"}
	cPrefix = "_0123456789ab"
	*objDir = "/"
	p := &Package{PtrSize: 8, IntSize: 8, Written: map[string]bool{}, noCallbacks: map[string]bool{},
		noEscapes: map[string]bool{}}
	for _, s := range files {
		f := new(File)
		f.Edit = edit.NewBuffer(s.Text)
		f.ParseGo(s.Name, s.Text)
		compilers[f] = compiler(s, f.Preamble)
		for name, n := range f.Name {
			n.Define = compilers[f].Define(name)
		}
		f.loadDebug(p)
		p.Translate(f)
		for _, cref := range f.Ref {
			switch cref.Context {
			case ctxCall, ctxCall2:
				if cref.Name.Kind != "type" {
					break
				}
				old := *cref.Expr
				*cref.Expr = cref.Name.Type.Go
				f.Edit.Replace(f.offset(old.Pos()), f.offset(old.End()), gofmt(cref.Name.Type.Go))
			}
		}
		if nerrors > 0 {
			return r
		}
		p.PackagePath = f.Package
		p.Record(f)
		var b bytes.Buffer
		fmt.Fprintf(&b, "//line %s:1:1\n", printed(s.Name))
		b.Write(f.Edit.Bytes())
		r.Files = append(r.Files, Source{Name: s.Name, Text: b.Bytes()})
	}
	for _, e := range p.ExpFunc {
		r.Exports = append(r.Exports, Export{Name: e.ExpName, Func: "_cgoexp" + cPrefix + "_" + e.ExpName})
	}
	p.writeDefs()
	r.GoTypes = created["_cgo_gotypes.go"].String()
	r.Header = created["_cgo_export.h"].String()
	return r
}

// printed is a name as the compiler's messages have it; a relative name is one in its own folder.
func printed(name string) string {
	if strings.ContainsAny(name, `/\\`) {
		return name
	}
	return "./" + name
}

// guessKinds finds out what each name that the file takes from C is.
func (p *Package) guessKinds(f *File) []*Name {
	var needType []*Name
	c := compilers[f]
	for _, key := range nameKeys(f.Name) {
		n := f.Name[key]
		if constantDefine(n) {
			continue
		}
		if strings.HasPrefix(n.C, "struct ") || strings.HasPrefix(n.C, "union ") || strings.HasPrefix(n.C, "enum ") {
			n.Kind = "type"
		} else if n.Kind = c.Kind(n.C); n.Kind == "" {
			error_(f.NamePos[n], "could not determine what C.%s refers to", fixGo(n.Go))
		}
		needType = append(needType, n)
	}
	if nerrors > 0 {
		sort.SliceStable(failures, func(i, j int) bool { return failures[i].Line < failures[j].Line })
		panic(stop{})
	}
	return needType
}

// constantDefine takes the value of a macro from its text, as cgo does first.
func constantDefine(n *Name) bool {
	if n.Define == "" {
		return false
	}
	if i, err := strconv.ParseInt(n.Define, 0, 64); err == nil {
		n.Kind, n.Const = "iconst", fmt.Sprintf("%#x", i)
		return true
	}
	if n.Define[0] == '"' {
		if s, err := strconv.Unquote(n.Define); err == nil {
			n.Kind, n.Const = "sconst", strconv.Quote(s)
			return true
		}
	}
	return false
}

func (p *Package) loadDWARF(f *File, ft *fileTypedefs, names []*Name) *debug {
	c := compilers[f]
	var list []string
	for _, n := range names {
		list = append(list, n.C)
	}
	d := &debug{names: names, types: c.Types(list)}
	for i, n := range names {
		number, float, text := int64(0), 0.0, ""
		if n.IsConst() {
			number, float, text = c.Value(n.C)
		}
		d.ints, d.floats, d.strs = append(d.ints, number), append(d.floats, float), append(d.strs, text)
		ft.recordTypedefs(d.types[i], f.NamePos[n])
	}
	return d
}
