package cside

import (
	"debug/dwarf"
	"embed"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"strings"

	"modernc.org/cc/v4"

	"paniclab/gofront/internal/cgo"
)

// include has the headers of the C library that we know, each with what the model has of it.
//
//go:embed include
var include embed.FS

// predefined stands for what gcc defines for amd64.
const predefined = `
#define __STDC__ 1
#define __STDC_VERSION__ 201710L
#define __STDC_HOSTED__ 1
#define __GNUC__ 12
#define __GNUC_MINOR__ 2
#define __linux__ 1
#define __linux 1
#define linux 1
#define __unix__ 1
#define unix 1
#define __x86_64__ 1
#define __amd64__ 1
#define __LP64__ 1
#define _LP64 1
#define __CHAR_BIT__ 8
#define __INT_MAX__ 2147483647
#define __SIZEOF_POINTER__ 8
#define __SIZEOF_INT__ 4
#define __SIZEOF_LONG__ 8
#define __SIZE_TYPE__ unsigned long
#define __PTRDIFF_TYPE__ long
#define __extension__
#define __inline inline
#define __inline__ inline
#define __restrict restrict
#define __restrict__ restrict
#define __volatile__ volatile
#define __const const
#define __signed__ signed
`

// cxxIntrinsics declares what C++ is turned into before the C front end sees it.
const cxxIntrinsics = `
int __paniclab_try(const char *types);
void __paniclab_pop(void);
void __paniclab_throw(const char *type, const char *what, long value);
_Noreturn void __paniclab_rethrow(void);
long __paniclab_value(void);
const char *__paniclab_what(void);
`

const expansionLimit = 1_000_000

// parse translates C text; files are the program's own headers.
func parse(name, text, defines string, headers fs.FS) (*cc.AST, error) {
	abi, err := cc.NewABI("linux", "amd64")
	if err != nil {
		return nil, err
	}
	cfg := &cc.Config{
		ABI: abi, FS: layered{headers}, FSOnly: true, Predefined: predefined + defines,
		IncludePaths: []string{"own"}, SysIncludePaths: []string{"include"},
		DefaultSizeT: cc.ULong, DefaultPtrdiffT: cc.Long, DefaultWcharT: cc.Int,
		EvalAllMacros: true, UnsignedEnums: true, ABILayout: true, ExpansionLimit: expansionLimit,
	}
	return cc.Translate(cfg, []cc.Source{
		{Name: "<predefined>", Value: cfg.Predefined},
		{Name: "<builtin>", Value: "typedef struct { int x; } __predefined_dummy;\nint __predefined_declarator;\n"},
		{Name: name, Value: text},
	})
}

// layered finds our headers in include and the program's own in own.
type layered struct{ own fs.FS }

func (l layered) Open(name string) (fs.File, error) {
	if rest, ok := strings.CutPrefix(name, "own/"); ok {
		return l.own.Open(rest)
	}
	if strings.HasPrefix(name, "include/") {
		return include.Open(name)
	}
	return l.own.Open(name)
}

// A compiler answers cgo's questions about one file.
type compiler struct {
	name, text, defines string
	headers             fs.FS
	ast                 *cc.AST
	aliases             map[string]string // typedefs of no more than another typedef
	types               map[string]dwarf.Type
	failed              error
}

func newCompiler(name, preamble, defines string, headers fs.FS) *compiler {
	c := &compiler{name: name, text: cgo.Prolog + preamble, defines: defines, headers: headers,
		types: map[string]dwarf.Type{}}
	c.ast, c.failed = parse(name, c.text, defines, headers)
	if c.failed != nil {
		panic(badC{c.failed})
	}
	c.aliases = aliases(c.ast)
	return c
}

// badC is thrown when C does not compile.
type badC struct{ error }

func aliases(ast *cc.AST) map[string]string {
	names := map[string]string{}
	for l := ast.TranslationUnit; l != nil; l = l.TranslationUnit {
		d := l.ExternalDeclaration
		if d.Case != cc.ExternalDeclarationDecl {
			continue
		}
		base := ""
		for s := d.Declaration.DeclarationSpecifiers; s != nil; s = s.DeclarationSpecifiers {
			if t := s.TypeSpecifier; t != nil && t.Case == cc.TypeSpecifierTypeName {
				base = t.Token.SrcStr()
			}
		}
		for i := d.Declaration.InitDeclaratorList; base != "" && i != nil; i = i.InitDeclaratorList {
			decl := i.InitDeclarator.Declarator
			if decl.IsTypename() && decl.Pointer == nil && decl.DirectDeclarator.Case == cc.DirectDeclaratorIdent {
				names[decl.Name()] = base
			}
		}
	}
	return names
}

func (c *compiler) Define(name string) string {
	m := c.ast.Macros[name]
	if m == nil || m.IsFnLike {
		return ""
	}
	var b strings.Builder
	for i, t := range m.ReplacementList() {
		if i > 0 && len(t.Sep()) > 0 {
			b.WriteByte(' ')
		}
		b.Write(t.Src())
	}
	return b.String()
}

var tagged = regexp.MustCompile(`^(struct|union|enum) `)

var basicTypes = regexp.MustCompile(`^(_Bool|void|((un)?signed )?(char|short|int|long( long)?)|unsigned|signed|float|double)$`)

func (c *compiler) Kind(name string) string {
	if basicTypes.MatchString(name) {
		return "type"
	}
	if strings.HasPrefix(name, "sizeof(") {
		return "iconst"
	}
	if m := c.ast.Macros[name]; m != nil {
		if m.IsFnLike {
			return ""
		}
		switch m.Value().(type) {
		case cc.Int64Value, cc.UInt64Value, *cc.ZeroValue:
			return "iconst"
		case cc.Float64Value, *cc.LongDoubleValue:
			return "fconst"
		case cc.StringValue:
			return "sconst"
		}
		if def := c.Define(name); def != name {
			if k := c.Kind(def); k == "type" {
				return k
			}
			if def != "" {
				return "not-type"
			}
			return ""
		}
	}
	for _, n := range c.ast.Scope.Nodes[name] {
		switch n := n.(type) {
		case *cc.Declarator:
			if n.IsTypename() {
				return "type"
			}
			return "not-type"
		case *cc.Enumerator:
			return "iconst"
		}
	}
	return ""
}

func (c *compiler) Types(names []string) []dwarf.Type {
	var b strings.Builder
	b.WriteString(c.text)
	b.WriteString("\n#line 1 \"cgo-types\"\n")
	for i, n := range names {
		format := "__typeof__(%s) *__cgo__%d;\n"
		if tagged.MatchString(n) || c.Kind(n) == "type" {
			format = "%s *__cgo__%d;\n"
		}
		fmt.Fprintf(&b, format, n, i)
	}
	ast, err := parse(c.name, b.String(), c.defines, c.headers)
	if err != nil {
		panic(badC{err})
	}
	list := make([]dwarf.Type, len(names))
	for i, n := range names {
		d := ast.Scope.Nodes[fmt.Sprintf("__cgo__%d", i)][0].(*cc.Declarator)
		t := d.Type().(*cc.PointerType).Elem()
		if base, ok := c.aliases[n]; ok {
			list[i] = c.typedef(n, base, t)
			continue
		}
		list[i] = c.dwarf(t)
	}
	return list
}

func (c *compiler) typedef(name, base string, t cc.Type) dwarf.Type {
	if known, ok := c.types[name]; ok {
		return known
	}
	d := &dwarf.TypedefType{CommonType: common(t, name)}
	c.types[name] = d
	if next, ok := c.aliases[base]; ok {
		d.Type = c.typedef(base, next, t)
		return d
	}
	if _, ok := c.types[base]; !ok {
		b := &dwarf.TypedefType{CommonType: common(t, base)}
		c.types[base] = b
		b.Type = c.bare(t)
	}
	d.Type = c.types[base]
	return d
}

func common(t cc.Type, name string) dwarf.CommonType {
	size := int64(-1)
	if !t.IsIncomplete() && t.Kind() != cc.Function {
		size = t.Size()
	}
	return dwarf.CommonType{ByteSize: size, Name: name}
}

// dwarf is a type as gcc would describe it in debug information.
func (c *compiler) dwarf(t cc.Type) dwarf.Type {
	d := t.Typedef()
	if d == nil || d.Name() == "" {
		return c.bare(t)
	}
	name := d.Name()
	if known, ok := c.types[name]; ok {
		return known
	}
	if base, ok := c.aliases[name]; ok {
		return c.typedef(name, base, t)
	}
	r := &dwarf.TypedefType{CommonType: common(t, name)}
	c.types[name] = r
	r.Type = c.bare(t)
	return r
}

var basicNames = map[cc.Kind]string{cc.Short: "short int", cc.UShort: "short unsigned int", cc.Int: "int",
	cc.UInt: "unsigned int", cc.Long: "long int", cc.ULong: "long unsigned int", cc.LongLong: "long long int",
	cc.ULongLong: "long long unsigned int", cc.Float: "float", cc.Double: "double"}

func (c *compiler) bare(t cc.Type) dwarf.Type {
	basic := dwarf.BasicType{CommonType: common(t, basicNames[t.Kind()])}
	switch t.Kind() {
	case cc.Void:
		return &dwarf.VoidType{}
	case cc.Bool:
		basic.Name = "_Bool"
		return &dwarf.BoolType{BasicType: basic}
	case cc.Char, cc.SChar:
		basic.Name = map[bool]string{true: "char", false: "signed char"}[t.Kind() == cc.Char]
		return &dwarf.CharType{BasicType: basic}
	case cc.UChar:
		basic.Name = "unsigned char"
		return &dwarf.UcharType{BasicType: basic}
	case cc.Short, cc.Int, cc.Long, cc.LongLong:
		return &dwarf.IntType{BasicType: basic}
	case cc.UShort, cc.UInt, cc.ULong, cc.ULongLong:
		return &dwarf.UintType{BasicType: basic}
	case cc.Float, cc.Double:
		return &dwarf.FloatType{BasicType: basic}
	case cc.Ptr:
		return &dwarf.PtrType{CommonType: common(t, ""), Type: c.dwarf(t.(*cc.PointerType).Elem())}
	case cc.Array:
		a := t.(*cc.ArrayType)
		n := a.Len()
		if a.IsIncomplete() {
			n = -1
		}
		return &dwarf.ArrayType{CommonType: common(t, ""), Type: c.dwarf(a.Elem()), Count: n}
	case cc.Function:
		f := t.(*cc.FunctionType)
		r := &dwarf.FuncType{CommonType: dwarf.CommonType{ByteSize: -1}, ReturnType: c.dwarf(f.Result())}
		for _, p := range f.Parameters() {
			if p.Type().Kind() != cc.Void {
				r.ParamType = append(r.ParamType, c.dwarf(p.Type().Decay()))
			}
		}
		if f.IsVariadic() {
			r.ParamType = append(r.ParamType, &dwarf.DotDotDotType{})
		}
		return r
	case cc.Enum:
		return c.enum(t.(*cc.EnumType))
	case cc.Struct:
		s := t.(*cc.StructType)
		return c.aggregate(t, "struct", spelled(s.Tag()), s.NumFields, s.FieldByIndex)
	case cc.Union:
		u := t.(*cc.UnionType)
		return c.aggregate(t, "union", spelled(u.Tag()), u.NumFields, u.FieldByIndex)
	}
	unsupported(nil, "the C type %s", t)
	return nil
}

func spelled(t cc.Token) string { return t.SrcStr() }

func (c *compiler) enum(t *cc.EnumType) dwarf.Type {
	e := &dwarf.EnumType{CommonType: common(t, ""), EnumName: spelled(t.Tag())}
	for _, v := range t.Enumerators() {
		var n int64
		switch x := v.Value().(type) {
		case cc.Int64Value:
			n = int64(x)
		case cc.UInt64Value:
			n = int64(x)
		}
		e.Val = append(e.Val, &dwarf.EnumValue{Name: v.Token.SrcStr(), Val: n})
	}
	return e
}

func (c *compiler) aggregate(t cc.Type, kind, tag string, n func() int, field func(int) *cc.Field) dwarf.Type {
	key := kind + " " + tag
	if known, ok := c.types[key]; ok && tag != "" {
		return known
	}
	s := &dwarf.StructType{CommonType: common(t, tag), StructName: tag, Kind: kind, Incomplete: t.IsIncomplete()}
	if tag != "" {
		c.types[key] = s
	}
	if s.Incomplete {
		return s
	}
	for i := range n() {
		f := field(i)
		if f == nil {
			continue
		}
		sf := &dwarf.StructField{Name: f.Name(), Type: c.dwarf(f.Type()), ByteOffset: f.Offset(), ByteSize: f.Type().Size()}
		if f.IsBitfield() {
			sf.BitSize, sf.ByteSize = f.ValueBits(), f.AccessBytes()
		}
		s.Field = append(s.Field, sf)
	}
	return s
}

func (c *compiler) Value(name string) (int64, float64, string) {
	var v cc.Value
	if strings.HasPrefix(name, "sizeof(") {
		ast, err := parse(c.name, c.text+"\nenum { __cgo_size = "+name+" };\n", c.defines, c.headers)
		if err != nil {
			panic(badC{err})
		}
		if e, ok := ast.Scope.Nodes["__cgo_size"][0].(*cc.Enumerator); ok {
			v = e.Value()
		}
	}
	if m := c.ast.Macros[name]; m != nil {
		v = m.Value()
	}
	for _, n := range c.ast.Scope.Nodes[name] {
		if e, ok := n.(*cc.Enumerator); ok {
			v = e.Value()
		}
	}
	switch v := v.(type) {
	case cc.Int64Value:
		return int64(v), 0, ""
	case cc.UInt64Value:
		return int64(v), 0, ""
	case cc.Float64Value:
		return 0, float64(v), ""
	case *cc.LongDoubleValue:
		f, _ := (*big.Float)(v).Float64()
		return 0, f, ""
	case cc.StringValue:
		return 0, 0, strings.TrimSuffix(string(v), "\x00")
	}
	return 0, 0, ""
}
