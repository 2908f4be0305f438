package cside

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"paniclab/gofront/internal/diagnose"
)

// A lowering turns the C++ we know into C: C functions, exceptions of the standard library and of
// simple types, try and catch. Whatever is left of C++ the C front end refuses.
type lowering struct {
	file     string
	text     string
	number   int
	external map[string]bool // functions with C linkage
}

// standardExceptions are those of <stdexcept> that a program can throw by name.
var standardExceptions = []string{"runtime_error", "logic_error", "invalid_argument", "domain_error", "length_error",
	"out_of_range", "range_error", "overflow_error", "underflow_error"}

var cxxHeaders = map[string]string{"cstdio": "stdio.h", "cstdlib": "stdlib.h", "cstring": "string.h", "cstdint": "stdint.h",
	"cstddef": "stddef.h", "cassert": "assert.h", "cerrno": "errno.h", "cctype": "ctype.h", "climits": "limits.h",
	"csignal": "signal.h", "stdexcept": "", "exception": "", "new": ""}

// lower turns C++ into C, line by line in the same places, and gives the functions with C linkage.
func lower(file, text string) (string, map[string]bool) {
	l := &lowering{file: file, text: withoutComments(text), external: map[string]bool{}}
	l.includes()
	l.linkage()
	l.casts()
	l.exceptions()
	l.text = withoutNamespace(l.text)
	return "#include <stdbool.h>\n#define nullptr ((void *)0)\n" + cxxIntrinsics + "#line 1 \"" + file + "\"\n" + l.text, l.external
}

func (l *lowering) refuse(at int, what string) {
	line := 1 + strings.Count(l.text[:min(at, len(l.text))], "\n")
	panic(lacking{diagnose.Diagnostic{File: l.file, Line: line, Message: what}})
}

// withoutNamespace drops std:: but in literals.
func withoutNamespace(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		switch {
		case text[i] == '"' || text[i] == '\'':
			end := afterLiteral(text, i)
			b.WriteString(text[i:end])
			i = end
		case strings.HasPrefix(text[i:], "std::"):
			i += len("std::")
		default:
			b.WriteByte(text[i])
			i++
		}
	}
	return b.String()
}

// withoutComments blanks comments out.
func withoutComments(text string) string {
	b := []byte(text)
	for i := 0; i < len(b); {
		switch {
		case b[i] == '"' || b[i] == '\'':
			i = afterLiteral(text, i)
		case strings.HasPrefix(text[i:], "//"):
			for i < len(b) && b[i] != '\n' {
				b[i] = ' '
				i++
			}
		case strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i+2:], "*/")
			if end < 0 {
				return string(b)
			}
			for end += i + 4; i < end; i++ {
				if b[i] != '\n' {
					b[i] = ' '
				}
			}
		default:
			i++
		}
	}
	return string(b)
}

func afterLiteral(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case s[i]:
			return j + 1
		case '\n':
			return j
		}
	}
	return len(s)
}

// closing gives the index after the bracket that closes the one at i.
func closing(s string, i int) int {
	open, shut := s[i], map[byte]byte{'{': '}', '(': ')'}[s[i]]
	depth := 0
	for j := i; j < len(s); {
		switch {
		case s[j] == '"' || s[j] == '\'':
			j = afterLiteral(s, j)
			continue
		case s[j] == open:
			depth++
		case s[j] == shut:
			if depth--; depth == 0 {
				return j + 1
			}
		}
		j++
	}
	return -1
}

var includeAny = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*<([^>]+)>`)

func (l *lowering) includes() {
	l.text = includeAny.ReplaceAllStringFunc(l.text, func(s string) string {
		name := includeAny.FindStringSubmatch(s)[1]
		c, ok := cxxHeaders[name]
		switch {
		case ok && c == "":
			return ""
		case ok:
			return "#include <" + c + ">"
		case strings.HasSuffix(name, ".h"):
			return s
		}
		l.refuse(strings.Index(l.text, s), "C++ header <"+name+">")
		return s
	})
}

var (
	externC  = regexp.MustCompile(`extern\s+"C"\s*`)
	called   = regexp.MustCompile(`(\w+)\s*\(`)
	keywords = []string{"if", "while", "for", "switch", "return", "sizeof", "catch", "throw"}
)

func (l *lowering) linkage() {
	for {
		m := externC.FindStringIndex(l.text)
		if m == nil {
			return
		}
		if m[1] < len(l.text) && l.text[m[1]] == '{' {
			end := closing(l.text, m[1])
			if end < 0 {
				l.refuse(m[0], "this C++")
			}
			inside := l.text[m[1]+1 : end-1]
			l.declares(inside)
			l.text = l.text[:m[0]] + " " + inside + " " + l.text[end:]
			continue
		}
		rest := l.text[m[1]:]
		if i := strings.IndexAny(rest, ";{"); i >= 0 {
			l.declares(rest[:i])
		}
		l.text = l.text[:m[0]] + "extern " + rest
	}
}

// declares notes the functions declared or defined at the outermost level of a text.
func (l *lowering) declares(text string) {
	var flat strings.Builder
	for i := 0; i < len(text); {
		if text[i] == '{' {
			end := closing(text, i)
			if end < 0 {
				break
			}
			i = end
			flat.WriteByte(';')
			continue
		}
		flat.WriteByte(text[i])
		i++
	}
	for _, m := range called.FindAllStringSubmatch(flat.String(), -1) {
		if !slices.Contains(keywords, m[1]) {
			l.external[m[1]] = true
		}
	}
}

var cast = regexp.MustCompile(`\b(?:static|reinterpret|const)_cast<([^<>]+)>\s*\(`)

func (l *lowering) casts() {
	l.text = cast.ReplaceAllString(l.text, "($1)(")
}

var (
	tryBlock   = regexp.MustCompile(`\btry\s*\{`)
	catchStart = regexp.MustCompile(`^\s*catch\s*\(`)
	leaving    = regexp.MustCompile(`\b(break|continue|goto)\b`)
	loops      = regexp.MustCompile(`\b(for|while|do|switch)\b`)
	throwWord  = regexp.MustCompile(`\bthrow\b([^;]*);`)
	thrownType = regexp.MustCompile(`^(?:std::)?(\w+)\s*\((.*)\)$`)
	integer    = regexp.MustCompile(`^-?(0x[0-9a-fA-F]+|[0-9]+)$`)
)

func (l *lowering) exceptions() {
	for {
		all := tryBlock.FindAllStringIndex(l.text, -1)
		if len(all) == 0 {
			break
		}
		l.try(all[len(all)-1]) // an inner one is behind the outer one's begin
	}
	l.text = throwWord.ReplaceAllStringFunc(l.text, func(s string) string {
		return l.throw(strings.TrimSpace(throwWord.FindStringSubmatch(s)[1]), strings.Index(l.text, s))
	})
}

func (l *lowering) throw(what string, at int) string {
	if what == "" {
		return "__paniclab_rethrow();"
	}
	if m := thrownType.FindStringSubmatch(what); m != nil && slices.Contains(standardExceptions, m[1]) {
		return fmt.Sprintf("__paniclab_throw(\"std::%s\", %s, 0);", m[1], m[2])
	}
	switch {
	case integer.MatchString(what):
		return fmt.Sprintf("__paniclab_throw(\"int\", 0, %s);", what)
	case strings.HasPrefix(what, `"`):
		return fmt.Sprintf("__paniclab_throw(\"char const*\", 0, (long)%s);", what)
	case strings.HasPrefix(what, "'"):
		return fmt.Sprintf("__paniclab_throw(\"char\", 0, %s);", what)
	}
	l.refuse(at, "throw "+what+" in C++")
	return ""
}

// try turns a try block, whose inner ones are done, into an if.
func (l *lowering) try(at []int) {
	open := at[1] - 1
	end := closing(l.text, open)
	if end < 0 {
		l.refuse(at[0], "this C++")
	}
	block := l.text[open:end]
	if leaving.MatchString(block) && !loops.MatchString(block) {
		l.refuse(at[0], "a jump out of a try block in C++")
	}
	l.number++
	v := fmt.Sprintf("__paniclab_t%d", l.number)
	var types []string
	var handlers strings.Builder
	for {
		m := catchStart.FindStringIndex(l.text[end:])
		if m == nil {
			break
		}
		paren := end + m[1] - 1
		after := closing(l.text, paren)
		if after < 0 {
			l.refuse(end, "this C++")
		}
		body := after + strings.IndexByte(l.text[after:], '{')
		bodyEnd := closing(l.text, body)
		if body < after || bodyEnd < 0 {
			l.refuse(end, "this C++")
		}
		handlers.WriteString(strings.Repeat("\n", strings.Count(l.text[end:body], "\n")))
		typ, code := l.handler(l.text[paren+1:after-1], l.text[body:bodyEnd], paren)
		types = append(types, typ)
		fmt.Fprintf(&handlers, " else if (%s == %d) %s", v, len(types), code)
		end = bodyEnd
	}
	if len(types) == 0 {
		l.refuse(at[0], "a try block without catch in C++")
	}
	code := fmt.Sprintf("{ int %s = __paniclab_try(\"%s\"); if (%s == 0) { %s __paniclab_pop(); }%s }",
		v, strings.Join(types, ";"), v, block, handlers.String())
	l.text = l.text[:at[0]] + code + l.text[end:]
}

var caughtVariable = regexp.MustCompile(`^(?:const\s+)?((?:std::)?[\w ]+?)(?:\s+const)?\s*([&*]?)\s*(\w*)$`)

// handler gives the type that a catch clause names and its body with the variable set.
func (l *lowering) handler(clause, body string, at int) (string, string) {
	clause = strings.TrimSpace(clause)
	if clause == "..." {
		return "...", body
	}
	m := caughtVariable.FindStringSubmatch(clause)
	if m == nil {
		l.refuse(at, "catch ("+clause+") in C++")
	}
	typ, ref, name := m[1], m[2], m[3]
	short := strings.TrimPrefix(typ, "std::")
	switch {
	case short == "exception" || short == "bad_alloc" || slices.Contains(standardExceptions, short):
		if ref != "&" && name != "" && ref != "" {
			l.refuse(at, "catch ("+clause+") in C++")
		}
		if name != "" {
			body = regexp.MustCompile(`\b`+name+`\s*\.\s*what\s*\(\s*\)`).ReplaceAllString(body, "__paniclab_what()")
		}
		return "std::" + short, body
	case (typ == "int" || typ == "char") && ref != "*":
		if name == "" {
			return typ, body
		}
		return typ, fmt.Sprintf("{ %s %s = (%s)__paniclab_value(); %s", typ, name, typ, body[1:])
	case typ == "char" && ref == "*":
		if name == "" {
			return "char const*", body
		}
		return "char const*", fmt.Sprintf("{ const char *%s = (const char *)__paniclab_value(); %s", name, body[1:])
	}
	l.refuse(at, "catch ("+clause+") in C++")
	return "", ""
}
