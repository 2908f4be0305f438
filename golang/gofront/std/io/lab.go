package io

// Buffers are made anew, as the printers of package fmt are.

type buffers struct{}

func (buffers) Get() any {
	b := make([]byte, 8192)
	return &b
}

func (buffers) Put(any) {}

var blackHolePool buffers
