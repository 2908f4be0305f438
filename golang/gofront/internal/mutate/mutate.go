// Package mutate makes other programs of a program: each differs from it by one small edit of a known
// kind that still compiles. Exercises take their variants from here.
package mutate

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"paniclab/gofront/internal/cside"
	"paniclab/gofront/internal/diagnose"
)

// maxMutations limits how many are listed for one program; the first ones are.
const maxMutations = 200

// A Mutation is a program that differs from the original in one edit.
type Mutation struct {
	Kind string // one of the kinds below, e.g. "drop-defer"
	File string // that was edited
	Line int    // of the original, where the edit begins
	Text []byte // of the edited file
}

// An edit replaces the bytes from one offset of a file to another.
type edit struct {
	from, to int
	text     string
}

// A found mutation is not yet known to compile.
type found struct {
	kind  string
	pos   token.Pos
	edits []edit
	needs string // a package that the new text needs
}

type finder struct {
	file  *ast.File
	fset  *token.FileSet
	text  []byte
	found []found
}

// List returns the mutations of the files of a package main and of its C, in the order of their places. Files
// that do not compile have none.
func List(files []diagnose.File) []Mutation {
	var list []Mutation
	for i, f := range files {
		fset := token.NewFileSet()
		fd := &finder{fset: fset, text: f.Text}
		if strings.HasSuffix(f.Name, ".go") {
			file, err := parser.ParseFile(fset, f.Name, f.Text, parser.SkipObjectResolution|parser.ParseComments)
			if err != nil {
				return nil
			}
			fd.file = file
			fd.find()
		} else {
			lines := fset.AddFile(f.Name, -1, len(f.Text))
			lines.SetLinesForContent(f.Text)
			fd.findC(lines.Pos(0), string(f.Text))
		}
		slices.SortStableFunc(fd.found, func(a, b found) int { return cmp.Compare(a.pos, b.pos) })
		for _, m := range fd.found {
			text, err := fd.apply(m)
			if err != nil || bytes.Equal(text, f.Text) {
				continue
			}
			changed := slices.Clone(files)
			changed[i].Text = text
			if r := cside.Check(changed).Result; len(r.Diagnostics)+len(r.Unsupported) > 0 {
				continue
			}
			list = append(list, Mutation{m.kind, f.Name, fset.Position(m.pos).Line, text})
			if len(list) == maxMutations {
				return list
			}
		}
	}
	return list
}

// apply makes the new text of the file, formatted.
func (f *finder) apply(m found) ([]byte, error) {
	edits := m.edits
	if m.needs != "" {
		edits = append(edits, f.imported(m.needs)...)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.from < at {
			return nil, fmt.Errorf("edits overlap")
		}
		b.Write(f.text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(f.text[at:])
	if f.file == nil {
		return b.Bytes(), nil // C
	}
	return format.Source(withoutUnused(b.Bytes()))
}

// withoutUnused leaves out the imports that the edit has made useless.
func withoutUnused(text []byte) []byte {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return text
	}
	used := map[string]bool{"C": true, "_": true, ".": true}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, d := range slices.Backward(file.Decls) {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		unused := slices.DeleteFunc(slices.Clone(g.Specs), func(s ast.Spec) bool { return used[importName(s)] })
		gone := []ast.Node{g}
		if len(unused) < len(g.Specs) {
			gone = nil
			for _, s := range unused {
				gone = append(gone, s)
			}
		}
		for _, n := range slices.Backward(gone) {
			text = slices.Delete(slices.Clone(text), fset.Position(n.Pos()).Offset, fset.Position(n.End()).Offset)
		}
	}
	return text
}

// imported makes sure that the file imports a package; nothing is to be done when it does already.
func (f *finder) imported(path string) []edit {
	for _, s := range f.file.Imports {
		if p, err := strconv.Unquote(s.Path.Value); err == nil && p == path && s.Name == nil {
			return nil
		}
	}
	for _, d := range f.file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT || !g.Lparen.IsValid() {
			continue
		}
		at := f.offset(g.Rparen)
		for _, s := range g.Specs {
			if p := s.(*ast.ImportSpec); p.Path.Value > strconv.Quote(path) {
				at = f.offset(p.Pos())
				break
			}
		}
		return []edit{{at, at, strconv.Quote(path) + "\n"}}
	}
	at := f.offset(f.file.Name.End())
	return []edit{{at, at, "\n\nimport " + strconv.Quote(path)}}
}

// importName is what a file calls a package of the library.
func importName(s ast.Spec) string {
	i := s.(*ast.ImportSpec)
	if i.Name != nil {
		return i.Name.Name
	}
	path, err := strconv.Unquote(i.Path.Value)
	if err != nil {
		return ""
	}
	return libraryName.FindStringSubmatch(path)[1]
}

var libraryName = regexp.MustCompile(`([^/]*)(?:/v\d+)?$`)

func (f *finder) offset(p token.Pos) int { return f.fset.Position(p).Offset }

func (f *finder) source(n ast.Node) string {
	return string(f.text[f.offset(n.Pos()):f.offset(n.End())])
}

func (f *finder) add(kind string, at ast.Node, edits ...edit) {
	f.found = append(f.found, found{kind: kind, pos: at.Pos(), edits: edits})
}

func (f *finder) replace(n ast.Node, text string) edit {
	return edit{f.offset(n.Pos()), f.offset(n.End()), text}
}

func (f *finder) find() {
	ast.Inspect(f.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			f.function(n)
		case *ast.BlockStmt:
			f.block(n.List)
		case *ast.CaseClause:
			f.block(n.Body)
		case *ast.CommClause:
			f.block(n.Body)
		case *ast.CallExpr:
			f.call(n)
			f.address(n)
		case *ast.BinaryExpr:
			f.shift(n)
		case *ast.GenDecl:
			f.preamble(n)
		case *ast.ForStmt:
			f.loop(n)
		}
		return true
	})
}

// function: one that a goroutine or C begins with may recover, and a recursion may end.
func (f *finder) function(n *ast.FuncDecl) {
	if n.Body == nil || n.Recv != nil {
		return
	}
	isMain := n.Name.Name == "main"
	if isMain || exported(n.Doc) {
		f.rescue(n.Body)
	}
	if isMain && len(n.Body.List) > 0 && f.imports("unsafe", "syscall") {
		f.insert("panic-on-fault", n.Body, "debug.SetPanicOnFault(true)", "runtime/debug")
	}
	f.baseCase(n)
}

func exported(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//export ")
	})
}

func (f *finder) imports(paths ...string) bool {
	return slices.ContainsFunc(f.file.Imports, func(s *ast.ImportSpec) bool {
		p, err := strconv.Unquote(s.Path.Value)
		return err == nil && slices.Contains(paths, p)
	})
}

// insert puts a statement before all others of a body.
func (f *finder) insert(kind string, body *ast.BlockStmt, text, needs string) {
	at := f.offset(body.List[0].Pos())
	f.found = append(f.found, found{kind, body.Pos(), []edit{{at, at, text + "\n"}}, needs})
}

// zeros of the result types that a recursion may have.
var zeros = map[string]string{"bool": "false", "int": "0", "byte": "0", "string": `""`}

// baseCase: a function of one int that calls on with one less, or one more, stops at some number.
func (f *finder) baseCase(n *ast.FuncDecl) {
	params := n.Type.Params.List
	if len(params) != 1 || len(params[0].Names) != 1 || f.source(params[0].Type) != "int" || len(n.Body.List) == 0 {
		return
	}
	result := ""
	if r := n.Type.Results; r != nil {
		zero, ok := zeros[f.source(r.List[0].Type)]
		if !ok || r.NumFields() != 1 {
			return
		}
		result = " " + zero
	}
	param := params[0].Names[0].Name
	ends := map[token.Token]string{token.SUB: " <= 0", token.ADD: " >= 1000"}
	ast.Inspect(n.Body, func(x ast.Node) bool {
		c, ok := x.(*ast.CallExpr)
		if !ok || len(c.Args) != 1 {
			return true
		}
		if b, ok := c.Args[0].(*ast.BinaryExpr); ok && ends[b.Op] != "" && f.source(b.X) == param {
			f.insert("base-case", n.Body, "if "+param+ends[b.Op]+" {\nreturn"+result+"\n}", "")
			return false
		}
		return true
	})
}

// block looks at the statements of a block, alone and in pairs.
func (f *finder) block(list []ast.Stmt) {
	for i, s := range list {
		f.statement(s)
		if i > 0 {
			f.swap(list[i-1], s)
		}
	}
}

func (f *finder) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.DeferStmt:
		f.deferred(s)
	case *ast.GoStmt:
		f.add("go-to-call", s, edit{f.offset(s.Pos()), f.offset(s.Call.Pos()), ""})
		if lit, ok := s.Call.Fun.(*ast.FuncLit); ok {
			f.rescue(lit.Body)
		}
	case *ast.SendStmt:
		f.add("drop-send", s, f.replace(s, ""))
	case *ast.ExprStmt:
		f.expression(s)
	case *ast.IfStmt:
		if s.Init == nil && s.Else == nil && len(s.Body.List) > 0 {
			last := s.Body.List[len(s.Body.List)-1]
			body := string(f.text[f.offset(s.Body.List[0].Pos()):f.offset(last.End())])
			f.add("always", s, f.replace(s, body))
			f.add("never", s, f.replace(s, ""))
		}
	case *ast.SelectStmt:
		if len(s.Body.List) == 0 {
			f.add("drop-wait", s, f.replace(s, ""))
		}
	}
}

// deferred: call it at once, leave it out, or call recover one function deeper.
func (f *finder) deferred(s *ast.DeferStmt) {
	f.add("drop-defer", s, edit{f.offset(s.Pos()), f.offset(s.Call.Pos()), ""})
	recovers := calls(s.Call, "recover")
	if recovers {
		f.add("drop-rescue", s, f.replace(s, ""))
	}
	lit, ok := s.Call.Fun.(*ast.FuncLit)
	if !ok || !recovers || lit.Type.Params.NumFields() > 0 || len(lit.Body.List) == 0 {
		return
	}
	first, last := lit.Body.List[0], lit.Body.List[len(lit.Body.List)-1]
	f.add("deepen-recover", s,
		edit{f.offset(first.Pos()), f.offset(first.Pos()), "func() {\n"},
		edit{f.offset(last.End()), f.offset(last.End()), "\n}()"})
}

// rescue gives a goroutine's function a deferred recover of its own.
func (f *finder) rescue(body *ast.BlockStmt) {
	if len(body.List) == 0 || calls(body.List[0], "recover") {
		return
	}
	f.insert("add-rescue", body, "defer func() { fmt.Println(\"rescued:\", recover()) }()", "fmt")
}

// expression: a call that stands alone.
func (f *finder) expression(s *ast.ExprStmt) {
	if u, ok := s.X.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		f.add("drop-receive", s, f.replace(s, ""))
		return
	}
	call, ok := s.X.(*ast.CallExpr)
	if !ok {
		return
	}
	switch name := f.source(call.Fun); {
	case name == "panic":
		f.found = append(f.found,
			found{"panic-to-exit", s.Pos(), []edit{f.replace(s, "os.Exit(3)")}, "os"},
			found{"panic-to-goexit", s.Pos(), []edit{f.replace(s, "runtime.Goexit()")}, "runtime"})
		f.add("panic-to-return", s, f.replace(s, "return"))
	case name == "close":
		f.add("drop-close", s, f.replace(s, ""))
	case name == "runtime.Goexit":
		f.add("goexit-to-return", s, f.replace(s, "return"))
		f.add("goexit-to-panic", s, f.replace(s, `panic("stop")`))
	case name == "os.Exit":
		f.add("exit-to-return", s, f.replace(s, "return"))
		f.add("exit-to-panic", s, f.replace(s, `panic("stop")`))
	case name == "time.Sleep", hasSuffix(name, ".Wait"), hasSuffix(name, ".Lock"), hasSuffix(name, ".Unlock"),
		hasSuffix(name, ".RLock"), hasSuffix(name, ".RUnlock"), hasSuffix(name, ".Done"):
		f.add("drop-sync", s, f.replace(s, ""))
	case name == "C.free":
		f.add("free-twice", s, f.replace(s, f.source(s)+"\n"+f.source(s)))
		f.add("drop-free", s, f.replace(s, ""))
	case strings.Contains(name, ".") && !strings.HasPrefix(name, "fmt.") && !strings.HasPrefix(name, "log."):
		f.add("drop-call", s, f.replace(s, ""))
	}
}

func hasSuffix(name, suffix string) bool { return strings.HasSuffix(name, suffix) }

// swap exchanges two statements that stand one after the other.
func (f *finder) swap(a, b ast.Stmt) {
	if !swappable(a) || !swappable(b) {
		return
	}
	kind := "swap"
	_, first := a.(*ast.DeferStmt)
	_, second := b.(*ast.DeferStmt)
	if first && second {
		kind = "swap-defers"
	}
	f.add(kind, a, f.replace(a, f.source(b)), f.replace(b, f.source(a)))
}

func swappable(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.DeferStmt, *ast.ExprStmt, *ast.GoStmt, *ast.SendStmt:
		return true
	}
	return false
}

// words are the values that a string in a panic may have instead.
var words = []string{"lost", "gone", "no way back", "out of luck"}

// call: the value of a panic, the buffer of a channel, a status.
func (f *finder) call(c *ast.CallExpr) {
	name, ok := c.Fun.(*ast.Ident)
	switch {
	case ok && name.Name == "panic" && len(c.Args) == 1:
		if lit, ok := c.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			for _, w := range words {
				f.add("panic-value", lit, f.replace(lit, strconv.Quote(w)))
			}
		}
	case ok && name.Name == "make" && len(c.Args) > 0:
		if _, ok := c.Args[0].(*ast.ChanType); !ok {
			return
		}
		if len(c.Args) == 1 {
			at := f.offset(c.Args[0].End())
			f.add("buffer", c, edit{at, at, ", 1"})
		} else {
			f.add("unbuffer", c, edit{f.offset(c.Args[0].End()), f.offset(c.Args[1].End()), ""})
		}
	case f.source(c.Fun) == "os.Exit" && len(c.Args) == 1:
		if n, ok := number(c.Args[0]); ok && n < 100 {
			f.add("status", c.Args[0], f.replace(c.Args[0], strconv.Itoa(n+2)))
		}
	default:
		f.arguments(c)
	}
}

// large is a number that a recursion or a loop survives, and many times it may not.
const large, times = 100, 1000

// arguments: a zero for C is none, a large number is larger.
func (f *finder) arguments(c *ast.CallExpr) {
	_, own := c.Fun.(*ast.Ident)
	for _, a := range c.Args {
		n, ok := number(a)
		switch {
		case ok && n == 0 && strings.HasPrefix(f.source(c.Fun), "C."):
			f.add("argument", a, f.replace(a, "2"))
		case ok && n > large && own:
			f.add("argument", a, f.replace(a, strconv.Itoa(n*times)))
		}
	}
}

// shift: a size of 2 to some power is a good deal smaller.
func (f *finder) shift(b *ast.BinaryExpr) {
	if n, ok := number(b.Y); ok && b.Op == token.SHL && n > 10 {
		f.add("size", b.Y, f.replace(b.Y, strconv.Itoa(n-10)))
	}
}

// address: one that is nobody's lies in the first page.
func (f *finder) address(c *ast.CallExpr) {
	if f.source(c.Fun) == "uintptr" && len(c.Args) == 1 {
		if n, ok := number(c.Args[0]); ok && n >= 4096 {
			f.add("address", c.Args[0], f.replace(c.Args[0], "16"))
		}
	}
}

// statements of C that can be left out: a call, a store through a pointer, a throw.
var statements = regexp.MustCompile(`(?:[;{}]|\*/)\s*((?:[A-Za-z_]\w*\([^;{}]*\)|\*[^;{}/]*=[^;{}]*|throw\s[^;{}]*);)`)

// status of C's exit.
var status = regexp.MustCompile(`\bexit\((\d)\)`)

// findC looks at C or C++ text that begins at pos.
func (f *finder) findC(pos token.Pos, text string) {
	start := f.offset(pos)
	at := func(offset int) token.Pos { return pos + token.Pos(offset) }
	change := func(kind string, from, to int, text string) {
		f.found = append(f.found, found{kind: kind, pos: at(from), edits: []edit{{start + from, start + to, text}}})
	}
	var before []int // the statement just found, if the next follows it at once
	for rest := 0; ; {
		m := statements.FindStringSubmatchIndex(text[rest:])
		if m == nil {
			break
		}
		from, to := rest+m[2], rest+m[3]
		change("drop-in-c", from, to, "")
		if before != nil && strings.TrimSpace(text[before[1]:from]) == "" {
			change("swap-in-c", before[0], to, text[from:to]+text[before[1]:from]+text[before[0]:before[1]])
		}
		before = []int{from, to}
		rest = to - 1 // its semicolon may be what the next one begins after
	}
	for _, m := range status.FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[2]:m[3]])
		change("status", m[2], m[3], strconv.Itoa((n+2)%10))
	}
}

// preamble is the C of a file that imports "C".
func (f *finder) preamble(g *ast.GenDecl) {
	for _, s := range g.Specs {
		if i, ok := s.(*ast.ImportSpec); ok && i.Path.Value == `"C"` && g.Doc != nil {
			for _, c := range g.Doc.List {
				f.findC(c.Pos(), c.Text)
			}
		}
	}
}

// loop goes once more, or once less.
func (f *finder) loop(s *ast.ForStmt) {
	b, ok := s.Cond.(*ast.BinaryExpr)
	if !ok {
		return
	}
	if n, ok := number(b.Y); ok && n > 0 && n < 10 {
		f.add("count", b.Y, f.replace(b.Y, strconv.Itoa(n+1)))
		if n > 1 {
			f.add("count", b.Y, f.replace(b.Y, strconv.Itoa(n-1)))
		}
	}
}

func number(e ast.Expr) (int, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.INT {
		return 0, false
	}
	n, err := strconv.ParseInt(lit.Value, 0, 64)
	return int(n), err == nil
}

// calls says whether a builtin is called somewhere in the node.
func calls(n ast.Node, builtin string) bool {
	seen := false
	ast.Inspect(n, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if id, ok := c.Fun.(*ast.Ident); ok && id.Name == builtin {
				seen = true
			}
		}
		return !seen
	})
	return seen
}
