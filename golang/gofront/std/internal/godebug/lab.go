// Package godebug: no GODEBUG setting has an effect in the model.
package godebug

// A Setting is a setting with its default value.
type Setting struct {
	name string
}

// New returns the setting of that name.
func New(name string) *Setting {
	if name != "" && name[0] == '#' {
		name = name[1:]
	}
	return &Setting{name}
}

func (s *Setting) Name() string       { return s.name }
func (s *Setting) Value() string      { return "" }
func (s *Setting) String() string     { return s.name + "=" }
func (s *Setting) Undocumented() bool { return false }
func (s *Setting) IncNonDefault()     {}
