package log

// Buffers are made anew, as the printers of package fmt are.

type buffers struct{}

func (buffers) Get() any { return new([]byte) }
func (buffers) Put(any)  {}

var bufferPool buffers
