package bytealg

// These are leaf operations, so the machine has them.

func Compare(a, b []byte) int
func CompareString(a, b string) int
func Equal(a, b []byte) bool
func Count(b []byte, c byte) int
func CountString(s string, c byte) int
func IndexByte(b []byte, c byte) int
func IndexByteString(s string, c byte) int

// MakeNoZero makes a slice whose capacity is that of its size class.
func MakeNoZero(len int) []byte
