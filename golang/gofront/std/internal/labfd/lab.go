// Package labfd has the open files of a process that are none of the three
// standard ones: pipes, and files that exist in memory only.
package labfd

import "sync"

// An Error is what a call may meet.
type Error int

const (
	OK Error = iota
	BadFd
	Broken
	Again
	Closed
	Invalid
)

// capacity is how many bytes a pipe holds before a write has to wait.
const capacity = 65536

type pipe struct {
	changes int // counts wakes; the machine reads it
	mu      sync.Mutex
	buf     []byte
	readers int
	writers int
}

type descriptor struct {
	pipe     *pipe
	writes   bool
	file     int // the machine's number of a file in memory, from 1; 0 for a pipe
	offset   int64
	nonblock bool
	closed   bool
}

var table struct {
	mu     sync.Mutex
	open   []*descriptor
	polled bool
}

func add(d *descriptor) int {
	for i, e := range table.open {
		if e == nil {
			table.open[i] = d
			return i + 3
		}
	}
	table.open = append(table.open, d)
	return len(table.open) + 2
}

// poll takes the two descriptors of the runtime's poller, when the first file is opened.
func poll() {
	if !table.polled {
		table.polled = true
		add(&descriptor{closed: true})
		add(&descriptor{closed: true})
	}
}

func find(fd int) *descriptor {
	table.mu.Lock()
	defer table.mu.Unlock()
	if fd < 3 || fd-3 >= len(table.open) || table.open[fd-3] == nil || table.open[fd-3].closed {
		return nil
	}
	return table.open[fd-3]
}

// Pipe makes a pipe; polled says that the runtime's poller waits for it.
func Pipe(polled bool) (r, w int) {
	table.mu.Lock()
	defer table.mu.Unlock()
	p := &pipe{readers: 1, writers: 1}
	r = add(&descriptor{pipe: p, nonblock: polled})
	w = add(&descriptor{pipe: p, writes: true, nonblock: polled})
	if polled {
		poll()
	}
	return r, w
}

// File makes a file in memory.
func File() int {
	table.mu.Lock()
	defer table.mu.Unlock()
	fd := add(&descriptor{file: newFile()})
	poll()
	return fd
}

// SetBlocking is what File.Fd does.
func SetBlocking(fd int) {
	if d := find(fd); d != nil {
		d.nonblock = false
	}
}

// Close closes a descriptor.
func Close(fd int) Error {
	d := find(fd)
	if d == nil {
		return BadFd
	}
	table.mu.Lock()
	table.open[fd-3] = nil
	table.mu.Unlock()
	d.closed = true
	if p := d.pipe; p != nil {
		p.mu.Lock()
		if d.writes {
			p.writers--
		} else {
			p.readers--
		}
		p.changes++
		wake(p)
		p.mu.Unlock()
	}
	return OK
}

// Read reads; poller says that the runtime's poller waits if there is nothing.
func Read(fd int, b []byte, poller bool) (int, Error) {
	d := find(fd)
	if d == nil || d.pipe != nil && d.writes {
		return -1, BadFd
	}
	if d.file != 0 {
		n := readFile(d.file, d.offset, b)
		d.offset += int64(n)
		return n, OK
	}
	p := d.pipe
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.buf) == 0 && p.writers > 0 && len(b) > 0 {
		if d.nonblock && !poller {
			return -1, Again
		}
		p.wait(d.nonblock)
		if d.closed {
			return -1, Closed
		}
	}
	n := copy(b, p.buf)
	p.buf = p.buf[n:]
	p.changes++
	wake(p)
	return n, OK
}

// Write writes all of b, or less if nobody reads any more.
func Write(fd int, b []byte, poller bool) (int, Error) {
	d := find(fd)
	if d == nil || d.pipe != nil && !d.writes {
		return -1, BadFd
	}
	if d.file != 0 {
		writeFile(d.file, d.offset, b)
		d.offset += int64(len(b))
		return len(b), OK
	}
	p := d.pipe
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for {
		if p.readers == 0 {
			raise()
			return n, Broken
		}
		room := min(capacity-len(p.buf), len(b)-n)
		p.buf = append(p.buf, b[n:n+room]...)
		n += room
		p.changes++
		wake(p)
		if n == len(b) {
			return n, OK
		}
		if d.nonblock && !poller {
			return n, Again
		}
		p.wait(d.nonblock)
		if d.closed {
			return n, Closed
		}
	}
}

// wait waits for a change of the pipe, which the caller has locked.
func (p *pipe) wait(poller bool) {
	seen := p.changes
	p.mu.Unlock()
	park(p, seen, poller)
	p.mu.Lock()
}

// Truncate changes the size of a file.
func Truncate(fd int, size int64) Error {
	d := find(fd)
	switch {
	case d == nil:
		return BadFd
	case d.file == 0 || size < 0:
		return Invalid
	}
	truncateFile(d.file, size)
	return OK
}

// Map maps a file.
func Map(fd int, offset int64, length int, write, shared bool) ([]byte, Error) {
	d := find(fd)
	switch {
	case d == nil:
		return nil, BadFd
	case d.file == 0 || length <= 0 || offset%4096 != 0:
		return nil, Invalid
	}
	return mapFile(d.file, offset, length, write, shared), OK
}

// Unmap ends a mapping; whether b was one.
func Unmap(b []byte) bool

// The machine knows these.

func park(p *pipe, seen int, poller bool)
func wake(p *pipe)
func raise()
func newFile() int
func truncateFile(file int, size int64)
func readFile(file int, offset int64, b []byte) int
func writeFile(file int, offset int64, b []byte)
func mapFile(file int, offset int64, length int, write, shared bool) []byte
