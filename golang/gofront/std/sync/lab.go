package sync

// What add tells.
const (
	addDone = iota
	addNegative
	addMisuse
)

// Add adds delta to the counter and wakes the waiters when it becomes zero.
func (wg *WaitGroup) Add(delta int) {
	switch wg.add(delta) {
	case addNegative:
		panic("sync: negative WaitGroup counter")
	case addMisuse:
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
}

// Wait blocks until the counter is zero.
func (wg *WaitGroup) Wait() {
	if wg.wait() {
		panic("sync: WaitGroup is reused before previous Wait has returned")
	}
}

func (wg *WaitGroup) add(delta int) int

// wait tells whether it slept and found the counter in use again.
func (wg *WaitGroup) wait() bool

func (rw *RWMutex) RLock()
func (rw *RWMutex) TryRLock() bool
func (rw *RWMutex) RUnlock()
func (rw *RWMutex) Lock()
func (rw *RWMutex) TryLock() bool
func (rw *RWMutex) Unlock()

func (c *copyChecker) check() {
	if c.copied() {
		panic("sync.Cond is copied")
	}
}

// copied notes the address of c at its first call and compares it at the others.
func (c *copyChecker) copied() bool

func runtime_notifyListAdd(l *notifyList) uint32
func runtime_notifyListWait(l *notifyList, t uint32)
func runtime_notifyListNotifyAll(l *notifyList)
func runtime_notifyListNotifyOne(l *notifyList)
