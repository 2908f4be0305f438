package main

import "./lib"

func main() {}
