package chacha8rand

import "internal/lab"

func block(seed *[4]uint64, blocks *[32]uint64, counter uint32) {
	lab.OutOfModel("the ChaCha8 generator of math/rand/v2")
}
