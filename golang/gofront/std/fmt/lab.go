package fmt

// Printers and scan states are made anew: a pool would be an object that all
// printing goroutines share, though nobody can see which one they got.

type printers struct{}

func (printers) Get() any { return new(pp) }
func (printers) Put(any)  {}

type scanners struct{}

func (scanners) Get() any { return new(ss) }
func (scanners) Put(any)  {}

var (
	ppFree printers
	ssFree scanners
)
