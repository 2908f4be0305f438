package strconv

func float64frombits(b uint64) float64
func float32frombits(b uint32) float32
func float64bits(f float64) uint64
func float32bits(f float32) uint32
