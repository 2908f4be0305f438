// Package sync has the mutex on which package sync stands.
package sync

// A Mutex has the fields that Go's has; the machine knows who waits for it.
type Mutex struct {
	state int32
	sema  uint32
}

func (m *Mutex) Lock()
func (m *Mutex) TryLock() bool
func (m *Mutex) Unlock()
