package main

import (
	"nosuch"
	"net/htp"
	"example.com/a/b"
)

func main() {}
