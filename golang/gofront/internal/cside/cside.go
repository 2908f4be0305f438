package cside

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"modernc.org/cc/v4"

	"paniclab/gofront/internal/cgo"
	"paniclab/gofront/internal/diagnose"
)

// GoTypes is the name of the file that cgo writes.
const GoTypes = "_cgo_gotypes.go"

// A Result is a program without import "C" and what stands behind it.
type Result struct {
	Files  []diagnose.File
	C      *Program // nil if the program has no C
	Result diagnose.Result
}

// Translate takes a program's files apart: those in Go, rewritten where they import "C", and the C.
func Translate(files []diagnose.File) (r Result) {
	var gos, cs []diagnose.File
	for _, f := range files {
		if strings.HasSuffix(f.Name, ".go") {
			gos = append(gos, f)
		} else {
			cs = append(cs, f)
		}
	}
	importing := false
	for _, f := range gos {
		imports, ok := importsC(f)
		importing = importing || imports
		if !ok && len(cs) == 0 {
			return Result{Files: gos} // its syntax errors come from the compiler
		}
	}
	if len(gos) > 0 && !importing {
		if len(cs) > 0 {
			r.Result.Unsupported = []diagnose.Diagnostic{{File: cs[0].Name, Message: `C beside Go that does not import "C"`}}
		}
		r.Files = gos
		return r
	}
	t := &translator{program: newProgram(), headers: fstest.MapFS{}}
	defer t.recovered(&r)
	for _, f := range cs {
		if isHeader(f.Name) {
			t.refused(f.Name, string(f.Text))
			t.headers[base(f.Name)] = &fstest.MapFile{Data: f.Text}
		}
	}
	if len(gos) == 0 {
		r.Files = []diagnose.File{{Name: "_main.go", Text: []byte(standalone)}}
	} else {
		r.Files = t.goFiles(gos)
	}
	for _, f := range cs {
		if !isHeader(f.Name) {
			t.file = f.Name
			t.unit(f.Name, string(f.Text), "")
		}
	}
	r.C = t.program
	return r
}

// Check translates the files and diagnoses the Go that comes out.
func Check(files []diagnose.File) Result {
	r := Translate(files)
	if len(r.Result.Diagnostics)+len(r.Result.Unsupported) == 0 {
		r.Result = diagnose.Check(r.Files)
	}
	return r
}

// ExportPrefix begins the names of cgo's wrappers of Go functions that C may call.
const ExportPrefix = "_cgoexp_"

// standalone is the Go that starts a program which is all C.
const standalone = `package main

import _ "unsafe"

//go:linkname _cgoMain _cgoMain
func _cgoMain()

func main() { _cgoMain() }
`

// IsOurs says whether a function without a body is one that cgo's file declares: the model has it.
func IsOurs(name string) bool {
	return slices.ContainsFunc([]string{"_cgo", "_Cgo_", "_Cfunc_", "_C2func_", "runtime_throw"},
		func(p string) bool { return strings.HasPrefix(name, p) })
}

func isHeader(name string) bool {
	return slices.ContainsFunc([]string{".h", ".hh", ".hpp", ".hxx"}, func(e string) bool { return strings.HasSuffix(name, e) })
}

func isCPlusPlus(name string) bool {
	return slices.ContainsFunc([]string{".cc", ".cpp", ".cxx"}, func(e string) bool { return strings.HasSuffix(name, e) })
}

func base(name string) string { return name[strings.LastIndexAny(name, `/\`)+1:] }

func importsC(f diagnose.File) (imports, ok bool) {
	parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Text, parser.SkipObjectResolution)
	if err != nil {
		return false, false
	}
	for _, i := range parsed.Imports {
		imports = imports || i.Path.Value == `"C"`
	}
	return imports, true
}

type translator struct {
	program *Program
	headers fstest.MapFS
	file    string
	unitsNo int
}

// recovered turns what was thrown on the way into a result.
func (t *translator) recovered(r *Result) {
	switch e := recover().(type) {
	case nil:
	case notSupported:
		d := diagnose.Diagnostic{File: t.file, Message: e.what}
		if e.at != nil {
			p := e.at.Position()
			d.Line, d.Column = p.Line, p.Column
		}
		r.Result.Unsupported = append(r.Result.Unsupported, d)
	case badC:
		r.Result = t.bad(e.Error())
	case lacking:
		r.Result.Unsupported = []diagnose.Diagnostic{e.Diagnostic}
	case rejected:
		r.Result.Diagnostics = []diagnose.Diagnostic{e.Diagnostic}
	case failed:
		for _, f := range e {
			if f.File == "" {
				r.Result.Diagnostics = append(r.Result.Diagnostics, diagnose.Diagnostic{Message: f.Message})
				continue
			}
			r.Result.Diagnostics = append(r.Result.Diagnostics,
				diagnose.Diagnostic{File: printed(f.File), Line: f.Line, Column: f.Column, Message: f.Message})
		}
	default:
		panic(e)
	}
}

var firstPlace = regexp.MustCompile(`^(\S*?):(\d+):(\d+): (.*)`)

// bad says that C is not for us: what gcc would say of it, if it is wrong, is gcc's own.
func (t *translator) bad(text string) diagnose.Result {
	line := strings.SplitN(text, "\n", 2)[0]
	d := diagnose.Diagnostic{File: t.file, Message: "this C: " + line}
	if m := firstPlace.FindStringSubmatch(line); m != nil {
		d.Line, _ = strconv.Atoi(m[2])
		d.Column, _ = strconv.Atoi(m[3])
		d.Message = "this C: " + m[4]
	}
	return diagnose.Result{Unsupported: []diagnose.Diagnostic{d}}
}

func (t *translator) goFiles(gos []diagnose.File) []diagnose.File {
	var sources []cgo.Source
	for _, f := range gos {
		if imports, _ := importsC(f); imports {
			sources = append(sources, cgo.Source{Name: f.Name, Text: f.Text})
		}
	}
	preambles := map[string]string{}
	defines := map[string]string{}
	t.file = sources[0].Name
	result := cgo.Run(sources, func(s cgo.Source, preamble string) cgo.Compiler {
		t.file = s.Name
		preambles[s.Name], defines[s.Name] = t.directives(s.Name, preamble)
		t.missing(s.Name, preambles[s.Name])
		return newCompiler(s.Name, preambles[s.Name], defines[s.Name], t.headers)
	})
	if len(result.Failures) > 0 {
		panic(failed(result.Failures))
	}
	var files []diagnose.File
	for _, f := range gos {
		for _, s := range result.Files {
			if s.Name == f.Name {
				f.Text = s.Text
			}
		}
		files = append(files, f)
	}
	t.headers["_cgo_export.h"] = &fstest.MapFile{Data: []byte(result.Header)}
	for _, s := range sources {
		t.file = s.Name
		t.unit(s.Name, cgo.Prolog+preambles[s.Name], defines[s.Name], wanted(result.GoTypes)...)
	}
	for _, e := range result.Exports {
		t.program.Exports = append(t.program.Exports, Export{Name: e.Name, Function: "main." + e.Func})
	}
	return append(files, diagnose.File{Name: GoTypes, Text: []byte(goTypes(result.GoTypes))})
}

var wantedName = regexp.MustCompile(`func _C2?func_(\w+)\(|&__cgo_(\w+)\)`)

// addressOf marks names whose addresses Go uses.
const addressOf = "&"

// wanted lists the C functions and variables that the Go side uses.
func wanted(goTypes string) []string {
	var names []string
	for _, m := range wantedName.FindAllStringSubmatch(goTypes, -1) {
		if m[2] != "" {
			names = append(names, addressOf+m[2])
		} else {
			names = append(names, m[1])
		}
	}
	return names
}

// failed is thrown with the messages of cgo.
type failed []cgo.Failure

// directives takes the #cgo lines out of a preamble and gives the macros they define.
func (t *translator) directives(name, preamble string) (string, string) {
	var text, defines strings.Builder
	for line := range strings.Lines(preamble) {
		l := strings.TrimSpace(line)
		if !strings.HasPrefix(l, "#cgo ") {
			text.WriteString(line)
			continue
		}
		text.WriteByte('\n')
		_, flags, _ := strings.Cut(l, ":")
		for _, flag := range strings.Fields(flags) {
			if d, ok := strings.CutPrefix(flag, "-D"); ok {
				key, value, given := strings.Cut(d, "=")
				if !given {
					value = "1"
				}
				fmt.Fprintf(&defines, "#define %s %s\n", key, value)
			}
		}
	}
	return text.String(), defines.String()
}

var includeLine = regexp.MustCompile(`^\s*#\s*include\s*([<"])([^>"]+)[>"]`)

// cplusplusHeaders are headers that no C compiler has.
var cplusplusHeaders = []string{"algorithm", "array", "atomic", "cassert", "cmath", "cstdint", "cstdio", "cstdlib",
	"cstring", "exception", "functional", "iostream", "map", "memory", "mutex", "new", "stdexcept", "string", "thread",
	"typeinfo", "utility", "vector"}

// missing finds includes of what is not there, of which gcc's message is known.
func (t *translator) missing(name, text string) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.HasPrefix(line, "#line ") {
			fmt.Sscanf(line, "#line %d", &number)
			number--
			continue
		}
		line = strings.TrimRight(line, "\n")
		m := includeLine.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		what := line[m[4]:m[5]]
		own := line[m[2]:m[3]] == `"`
		if _, ok := t.headers[what]; own && (ok || what == "_cgo_export.h") {
			continue
		}
		if _, err := fs.Stat(include, "include/"+what); err == nil {
			continue
		}
		if !own && !slices.Contains(cplusplusHeaders, what) {
			panic(lacking{diagnose.Diagnostic{File: name, Line: number, Column: m[2] + 1, Message: "C header <" + what + ">"}})
		}
		width := m[5] - m[4] + 2
		caret := strings.Repeat(" ", m[2]) + "^" + strings.Repeat("~", width-1)
		panic(rejected{diagnose.Diagnostic{File: printed(name), Line: number, Column: m[2] + 1,
			Message: fmt.Sprintf("fatal error: %s: No such file or directory\n%5d | %s\n      | %s\ncompilation terminated.",
				what, number, line, caret)}})
	}
}

var (
	attributes = regexp.MustCompile(`__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)`)
	// unmodelled are attributes and pragmas that change what a program does, and are not modelled.
	unmodelled = regexp.MustCompile(`\b_*(constructor|destructor|alias|cleanup|ifunc|weakref|naked|section|` +
		`tls_model|optimize|transparent_union|vector_size|mode)(?:__)?\b`)
	pragmas = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*pragma[ \t]+(?:GCC[ \t]+)?(weak|pack|optimize|redefine_extname|visibility)\b`)
)

// refused finds attributes and pragmas that the C front end would pass over without a word.
func (t *translator) refused(name, text string) {
	bare := withoutComments(text)
	for _, m := range attributes.FindAllStringIndex(bare, -1) {
		if a := unmodelled.FindStringSubmatchIndex(bare[m[0]:m[1]]); a != nil {
			t.refuse(name, bare, m[0], "the attribute "+bare[m[0]+a[2]:m[0]+a[3]]+" in C")
		}
	}
	if m := pragmas.FindStringSubmatchIndex(bare); m != nil {
		t.refuse(name, bare, m[0], "#pragma "+bare[m[2]:m[3]]+" in C")
	}
}

func (t *translator) refuse(name, text string, at int, what string) {
	number := 1
	for line := range strings.Lines(text[:at]) {
		if strings.HasPrefix(line, "#line ") {
			fmt.Sscanf(line, "#line %d", &number)
			continue
		}
		number++
	}
	if at > 0 && text[at-1] != '\n' {
		number-- // the last of those lines is the one of the place
	}
	panic(lacking{diagnose.Diagnostic{File: name, Line: number, Message: what}})
}

type (
	lacking  struct{ diagnose.Diagnostic }
	rejected struct{ diagnose.Diagnostic }
)

func printed(name string) string {
	if strings.ContainsAny(name, `/\`) {
		return name
	}
	return "./" + name
}

// unit translates C text; what is wanted of its declarations becomes part of the program in any case.
func (t *translator) unit(name, text, defines string, wanted ...string) {
	u := &unit{program: t.program, file: name, number: t.unitsNo, cplusplus: isCPlusPlus(name),
		statics: map[string]int{}, data: map[*cc.Declarator]int{}, owned: map[string]int{}, strings: map[string]int{}}
	t.unitsNo++
	t.refused(name, text)
	if u.cplusplus {
		text, u.external = lower(name, text)
	} else {
		t.missing(name, text)
	}
	ast, err := parse(name, text, defines, t.headers)
	if err != nil {
		panic(badC{err})
	}
	u.translate(ast)
	for _, w := range wanted {
		for _, n := range ast.Scope.Nodes[strings.TrimPrefix(w, addressOf)] {
			if d, ok := n.(*cc.Declarator); ok && d.Type().Kind() == cc.Function {
				if strings.HasPrefix(w, addressOf) && d.Linkage() == cc.Internal {
					unsupported(d, "C.%s as a value: a static function cannot be linked to Go", d.Name())
				}
				u.callee(d)
			} else if ok && !d.IsTypename() {
				u.datum(d)
			}
		}
	}
}

var (
	cgocall  = regexp.MustCompile(`(?s)func (_C2?func_\w+)\(`)
	variable = regexp.MustCompile(`\(unsafe\.Pointer\(&__cgo_(\w+)\)\)`)
)

// goTypes makes cgo's declarations ones for the model: calls of C have no body there.
func goTypes(text string) string {
	text = strings.Replace(text, "import _cgopackage \"runtime/cgo\"\n\n", "\n\n", 1)
	text = strings.Replace(text, "type _ _cgopackage.Incomplete\n", "\n", 1)
	text = strings.ReplaceAll(text, "_cgopackage.Incomplete", "struct{}")
	text = variable.ReplaceAllString(text, `(_cgoAddress("$1"))`)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, GoTypes, text, parser.SkipObjectResolution)
	if err != nil {
		panic(fmt.Sprintf("cgo's %s does not parse: %v", GoTypes, err))
	}
	var b bytes.Buffer
	from := 0
	var bare []string
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil || !cgocall.MatchString("func "+fn.Name.Name+"(") {
			continue
		}
		body := fset.PositionFor(fn.Body.Pos(), false).Offset
		end := fset.PositionFor(fn.End(), false).Offset
		b.WriteString(text[from:body])
		b.WriteString(strings.Repeat("\n", strings.Count(text[body:end], "\n")))
		from = end
		bare = append(bare, fn.Name.Name)
	}
	b.WriteString(text[from:])
	for _, name := range append(bare, "_cgoAddress", "_cgo_runtime_cgocall") {
		fmt.Fprintf(&b, "\n//go:linkname %s %s\n", name, name)
	}
	b.WriteString("\nfunc _cgoAddress(string) unsafe.Pointer\n")
	return b.String()
}
