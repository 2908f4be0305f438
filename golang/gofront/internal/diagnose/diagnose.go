// Package diagnose says about a program what go build says: it runs the parser and the type checker
// of the Go compiler itself, copied from the toolchain by the build, and orders, filters and cuts
// their errors as the compiler's driver does.
package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"paniclab/gofront/internal/gc/syntax"
	"paniclab/gofront/internal/gc/types2"
)

// A File is a source file of the program.
type File struct {
	Name string // as in messages; relative names stay relative
	Text []byte
}

// A Diagnostic is one message of go build.
type Diagnostic struct {
	File         string // as go build prints it; empty for a message without a place
	Line, Column int    // 0 where there is none
	Message      string // may have several lines
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// A Result is what was found. A program with neither is accepted.
type Result struct {
	Diagnostics []Diagnostic // go build would print these and fail
	Unsupported []Diagnostic // what Go accepts, or may accept, and we do not
}

// Check diagnoses the files of one package main.
func Check(files []File) Result {
	if r := checkImports(files); len(r.Diagnostics) > 0 || len(r.Unsupported) > 0 && usesC(r) {
		return r
	}
	var c collector
	parsed := c.parse(files)
	if c.syntaxErrors || c.full || len(parsed) < len(files) {
		return Result{Diagnostics: c.list()}
	}
	imp := &importer{context: types2.NewContext(), packages: map[string]*types2.Package{}}
	c.check(files, parsed, imp)
	if c.done() {
		return Result{Diagnostics: c.list()}
	}
	r := Result{Unsupported: unsupportedImports(files)}
	if len(r.Unsupported) == 0 {
		r.Diagnostics = checkMain(parsed)
	}
	return r
}

func usesC(r Result) bool {
	return slices.ContainsFunc(r.Unsupported, func(d Diagnostic) bool { return d.Message == `import "C"` })
}

// A collector gathers errors by the rules of the compiler's base.ErrorfAt.
type collector struct {
	errors     []located
	lastSyntax syntax.Pos
	lastOther  syntax.Pos
	lastText   string
	ranks      map[string]int // of files, in the order of their first errors
	full       bool           // ten errors: the compiler stops there

	syntaxErrors bool // the compiler checks no types then
}

type located struct {
	pos  syntax.Pos
	rank int // of the file
	text string
}

// maxErrors is how many errors the compiler prints before it gives up.
const maxErrors = 10

func (c *collector) done() bool { return len(c.errors) > 0 }

func (c *collector) add(pos syntax.Pos, text string) {
	if c.full {
		return
	}
	rank := c.rank(pos)
	if strings.HasPrefix(text, "syntax error") {
		if sameLine(c.lastSyntax, pos) {
			return
		}
		c.lastSyntax, c.syntaxErrors = pos, true
	} else {
		if sameLine(c.lastOther, pos) && c.lastText == text {
			return
		}
		c.lastOther, c.lastText = pos, text
	}
	c.errors = append(c.errors, located{pos, rank, text})
	if len(c.errors) >= maxErrors {
		c.full = true
	}
}

// rank orders files as the compiler's position table does: by their first error.
func (c *collector) rank(pos syntax.Pos) int {
	name := fileName(pos)
	if _, ok := c.ranks[name]; !ok {
		if c.ranks == nil {
			c.ranks = map[string]int{}
		}
		c.ranks[name] = len(c.ranks)
	}
	return c.ranks[name]
}

func sameLine(a, b syntax.Pos) bool {
	return a.IsKnown() && b.IsKnown() && a.Base() == b.Base() && a.Line() == b.Line()
}

// list gives the errors in the order of their places, each once.
func (c *collector) list() []Diagnostic {
	var last located
	if c.full {
		last = c.errors[len(c.errors)-1]
	}
	slices.SortStableFunc(c.errors, func(x, y located) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.pos.Line(), y.pos.Line()),
			cmp.Compare(x.pos.Col(), y.pos.Col()))
	})
	var list []Diagnostic
	for _, e := range c.errors {
		d := diagnostic(e.pos, e.text)
		if n := len(list); n == 0 || list[n-1] != d {
			list = append(list, d)
		}
	}
	if c.full {
		list = append(list, diagnostic(last.pos, "too many errors"))
	}
	return list
}

func diagnostic(pos syntax.Pos, text string) Diagnostic {
	if !pos.IsKnown() {
		return Diagnostic{Message: text}
	}
	return Diagnostic{pos.RelFilename(), int(pos.RelLine()), int(pos.RelCol()), text}
}

// printedName is a file's name as go build prints the compiler's messages.
func printedName(name string) string {
	if strings.ContainsAny(name, "/\\") {
		return name
	}
	return "./" + name
}

func (c *collector) parse(files []File) []*syntax.File {
	var parsed []*syntax.File
	for _, f := range files {
		handler := func(err error) {
			e := err.(syntax.Error)
			c.add(e.Pos, e.Msg)
		}
		file, _ := syntax.Parse(syntax.NewFileBase(printedName(f.Name)), strings.NewReader(string(f.Text)),
			handler, nil, syntax.CheckBranches)
		if file == nil {
			break
		}
		parsed = append(parsed, file)
	}
	return parsed
}

// check runs the type checker as the compiler's checkFiles does.
func (c *collector) check(sources []File, files []*syntax.File, imp types2.Importer) {
	info := &types2.Info{
		StoreTypesInSyntax: true,
		Instances:          map[*syntax.Name]types2.Instance{},
		FileVersions:       map[*syntax.PosBase]string{},
	}
	conf := types2.Config{
		GoVersion:          langVersion(),
		IgnoreBranchErrors: true, // the parser has looked at them
		Importer:           imp,
		Sizes:              types2.SizesFor("gc", "amd64"),
		EnableAlias:        true,
		Error: func(err error) {
			e := err.(types2.Error)
			if strings.HasPrefix(e.Msg, "could not import ") {
				return // a package of the library that is not supported: said elsewhere
			}
			c.add(e.Pos, withVersion(e, info, files))
		},
	}
	conf.Check(packagePath(files), files, info)
	if !c.done() {
		c.checkInterfaces(files)
		c.checkBodies(files, c.linknames(sources, files))
	}
}

// packagePath is the path under which go build compiles files named on its command line.
func packagePath(files []*syntax.File) string {
	if files[0].PkgName.Value == "main" {
		return "main"
	}
	return "command-line-arguments"
}

func fileName(pos syntax.Pos) string {
	if b := pos.FileBase(); b != nil {
		return b.Filename()
	}
	return ""
}

// withVersion adds to an error about a newer language what the compiler adds.
func withVersion(e types2.Error, info *types2.Info, files []*syntax.File) string {
	if !versionError.MatchString(e.Msg) {
		return e.Msg
	}
	version := info.FileVersions[e.Pos.FileBase()]
	for _, f := range files {
		if f.Pos().FileBase() == e.Pos.FileBase() && f.GoVersion == version {
			return fmt.Sprintf("%s (file declares //go:build %s)", e.Msg, version)
		}
	}
	return fmt.Sprintf("%s (-lang was set to %s; check go.mod)", e.Msg, langVersion())
}

// checkBodies finds functions without a body, which the compiler's writer reports unless a directive
// links them to another.
func (c *collector) checkBodies(files []*syntax.File, linked map[string]bool) {
	for _, f := range files {
		for _, d := range f.DeclList {
			fn, ok := d.(*syntax.FuncDecl)
			if ok && fn.Body == nil && !linked[fn.Name.Value] {
				c.add(fn.Pos(), "missing function body")
			}
		}
	}
}

// checkMain says what the linker says of a program without func main.
func checkMain(parsed []*syntax.File) []Diagnostic {
	for _, f := range parsed {
		if f.PkgName.Value != "main" {
			return []Diagnostic{{Message: "package command-line-arguments is not a main package"}}
		}
		for _, d := range f.DeclList {
			if fn, ok := d.(*syntax.FuncDecl); ok && fn.Recv == nil && fn.Name.Value == "main" {
				return nil
			}
		}
	}
	return []Diagnostic{{Message: "runtime.main_main·f: function main is undeclared in the main package"}}
}
