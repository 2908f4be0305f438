// Package encode writes a program in SSA form as the bytes that FORMAT.md describes.
package encode

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// A buffer is a growing run of bytes.
type buffer struct{ bytes []byte }

func (b *buffer) byte(x byte)   { b.bytes = append(b.bytes, x) }
func (b *buffer) raw(x []byte)  { b.bytes = append(b.bytes, x...) }
func (b *buffer) uint(x int)    { b.bytes = binary.AppendUvarint(b.bytes, uint64(x)) }
func (b *buffer) int(x int64)   { b.bytes = binary.AppendVarint(b.bytes, x) }
func (b *buffer) word(x uint32) { b.bytes = binary.LittleEndian.AppendUint32(b.bytes, x) }
func (b *buffer) float(x float64) {
	b.bytes = binary.LittleEndian.AppendUint64(b.bytes, math.Float64bits(x))
}

func (b *buffer) bool(x bool) {
	if x {
		b.byte(1)
	} else {
		b.byte(0)
	}
}

// A stringTable numbers strings in the order they are first seen.
type stringTable struct {
	index map[string]int
	list  []string
}

func newStringTable() *stringTable { return &stringTable{index: map[string]int{}} }

func (t *stringTable) of(s string) int {
	i, ok := t.index[s]
	if !ok {
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

func (t *stringTable) encode() []byte {
	items := make([][]byte, len(t.list))
	for i, s := range t.list {
		items[i] = []byte(s)
	}
	return encodeItems(items)
}

// encodeItems writes a count, where each item begins and the last ends, and the items.
func encodeItems(items [][]byte) []byte {
	var b, all buffer
	b.word(uint32(len(items)))
	for _, item := range items {
		b.word(uint32(len(all.bytes)))
		all.raw(item)
	}
	b.word(uint32(len(all.bytes)))
	b.raw(all.bytes)
	return b.bytes
}

// A directory is a table from names to numbers that can be searched where it lies.
type directory map[string]int

// encode writes a count and, in the order of the names' bytes, the number of each name's string and
// its number.
func (d directory) encode(strings *stringTable) []byte {
	var b buffer
	b.word(uint32(len(d)))
	for _, name := range slices.Sorted(maps.Keys(d)) {
		b.word(uint32(strings.of(name)))
		b.word(uint32(d[name]))
	}
	return b.bytes
}

// A Buffer writes the simple parts of an answer.
type Buffer struct{ b buffer }

// NewBuffer makes an empty buffer.
func NewBuffer() *Buffer { return &Buffer{} }

// Byte appends a byte.
func (b *Buffer) Byte(x byte) { b.b.byte(x) }

// Uint appends a number of at least 0.
func (b *Buffer) Uint(x int) { b.b.uint(x) }

// Int appends a number of any sign.
func (b *Buffer) Int(x int64) { b.b.int(x) }

// Raw appends bytes as they are.
func (b *Buffer) Raw(x []byte) { b.b.raw(x) }

// Text appends a length and that many bytes.
func (b *Buffer) Text(s string) {
	b.b.uint(len(s))
	b.b.raw([]byte(s))
}

// Bytes gives what was written.
func (b *Buffer) Bytes() []byte { return b.b.bytes }
