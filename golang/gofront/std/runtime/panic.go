package runtime

// A boundsError is an index or a slice expression gone wrong.
type boundsError struct {
	text string
}

func (e boundsError) Error() string { return "runtime error: " + e.text }

// A TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	text string
}

func (e *TypeAssertionError) Error() string { return e.text }

// What the machine calls modelPanic for.
const (
	kindBounds = iota
	kindError
	kindPlain
	kindTypeAssertion
	kindNil
	kindNilDereference
	kindDivide
	kindFault
)

// modelPanic is called by the machine where an operation panics. The text
// comes without the prefix "runtime error: "; addr is the address of a fault.
func modelPanic(kind int, text string, addr uintptr) {
	switch kind {
	case kindFault:
		panic(error(errorAddressString{text, addr}))
	case kindBounds:
		panic(boundsError{text})
	case kindPlain:
		panic(plainError(text))
	case kindTypeAssertion:
		panic(&TypeAssertionError{text})
	case kindNil:
		panic(new(PanicNilError))
	}
	panic(error(errorString(text)))
}
