// Prepare makes the folder in which gofront is built: gofront's own sources, the parser and type
// checker of the Go compiler copied from the toolchain (with their import paths rewritten, never
// committed), and what the compiler exports about the standard library.
//
// It is run by the build in the folder of gofront's go.mod:
//
//	go run ./prepare OUT RESOURCES [TARGETS]
//
// TARGETS are the machines to build for, such as linux/amd64,darwin/arm64: this one if there are none.
// It changes no file of OUT whose content would stay the same, and puts the executables
// and the translated library among the RESOURCES of the Java side. It does nothing when neither its
// inputs nor the toolchain have changed since the last time.
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The only Go release whose compiler and library sources gofront was checked with.
const goRelease = "go1.26"

// Packages of the toolchain that are copied, and where to.
var copied = map[string]string{
	"cmd/compile/internal/syntax":   "internal/gc/syntax",
	"cmd/compile/internal/types2":   "internal/gc/types2",
	"cmd/compile/internal/importer": "internal/gc/importer",
	"internal/types/errors":         "internal/gc/errors",
	"internal/goversion":            "internal/gc/goversion",
	"internal/pkgbits":              "internal/gc/pkgbits",
}

// rewritten imports: the copies above, and small stand-ins of ours for the rest of the compiler.
var rewritten = strings.NewReplacer(
	`"cmd/compile/internal/syntax"`, `"paniclab/gofront/internal/gc/syntax"`,
	`"cmd/compile/internal/types2"`, `"paniclab/gofront/internal/gc/types2"`,
	`"internal/types/errors"`, `"paniclab/gofront/internal/gc/errors"`,
	`. "internal/types/errors"`, `. "paniclab/gofront/internal/gc/errors"`,
	`"internal/goversion"`, `"paniclab/gofront/internal/gc/goversion"`,
	`"internal/pkgbits"`, `"paniclab/gofront/internal/gc/pkgbits"`,
	`"cmd/compile/internal/base"`, `"paniclab/gofront/internal/base"`,
	`"cmd/internal/src"`, `src "paniclab/gofront/internal/base"`,
)

func main() {
	if len(os.Args) != 3 && len(os.Args) != 4 {
		fatal("usage: prepare OUT RESOURCES [TARGETS]")
	}
	out, resources := absolute(os.Args[1]), absolute(os.Args[2])
	version := goEnv("GOVERSION")
	if version != goRelease && !strings.HasPrefix(version, goRelease+".") {
		fatal("gofront needs %s.x, because it copies that release's compiler and library; this is %s",
			goRelease, version)
	}
	targets := []string{goEnv("GOHOSTOS") + "/" + goEnv("GOHOSTARCH")}
	if len(os.Args) == 4 && os.Args[3] != "" {
		targets = strings.Split(os.Args[3], ",")
	}
	stamp := inputs(version, targets)
	stampFile := filepath.Join(resources, "gofront.stamp")
	if old, err := os.ReadFile(stampFile); err == nil && string(old) == stamp {
		return
	}
	goroot := goEnv("GOROOT")
	copyOwn(out)
	for from, to := range copied {
		copyPackage(filepath.Join(goroot, "src", filepath.FromSlash(from)), filepath.Join(out, filepath.FromSlash(to)))
	}
	copyCgo(goroot, out)
	writeToolchain(out, version, goroot)
	writeExports(out)
	build(out, resources, goroot, targets)
	if err := write(stampFile, []byte(stamp)); err != nil {
		fatal("%v", err)
	}
}

// inputs is a text that changes whenever the build must be done again.
func inputs(version string, targets []string) string {
	h := sha256.New()
	fmt.Fprintln(h, version, targets, goEnv("GOROOT"))
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintln(h, filepath.ToSlash(path), len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		fatal("%v", err)
	}
	return fmt.Sprintf("%x\n", h.Sum(nil))
}

// build translates the library and builds the executable.
func build(out, resources, goroot string, targets []string) {
	dir := filepath.Join(resources, "paniclab", "golang", "internal")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		fatal("%v", err)
	}
	data := filepath.Join(out, "internal/load/data")
	if err := os.MkdirAll(data, 0o777); err != nil {
		fatal("%v", err)
	}
	runIn(out, "go", "run", "./library", goroot, filepath.Join(dir, "std.unit"), filepath.Join(data, "api.bin"), filepath.Join(data, "lazy.txt"))
	for _, target := range targets {
		goos, goarch, _ := strings.Cut(target, "/")
		name := "gofront-" + goos + "-" + goarch
		if goos == "windows" {
			name += ".exe"
		}
		os.Setenv("GOOS", goos)
		os.Setenv("GOARCH", goarch)
		runIn(out, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(dir, name), ".")
	}
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		fatal("%v", err)
	}
	return abs
}

// copyOwn copies gofront's own sources, leaving out what only the build needs.
func copyOwn(out string) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path == "prepare" {
				return filepath.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return write(filepath.Join(out, path), data)
	})
	if err != nil {
		fatal("copy gofront: %v", err)
	}
}

// copyPackage copies the Go files of a toolchain package but its tests and its programs.
func copyPackage(from, to string) {
	entries, err := os.ReadDir(from)
	if err != nil {
		fatal("copy the compiler: %v (is the Go toolchain complete?)", err)
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			fatal("copy the compiler: %v", err)
		}
		if bytes.Contains(data, []byte("\n//go:build ignore")) {
			continue
		}
		if filepath.Base(from) == "importer" && name == "gcimporter.go" {
			continue // reads from files; ours are embedded
		}
		if err := write(filepath.Join(to, name), []byte(rewritten.Replace(string(data)))); err != nil {
			fatal("copy the compiler: %v", err)
		}
	}
}

// writeToolchain says which toolchain the copies are of.
func writeToolchain(out, version, goroot string) {
	text := fmt.Sprintf("package diagnose\n\n// The toolchain whose compiler this is a copy of.\nconst (\n\tgoVersion = %q\n\tgoroot    = %q\n)\n", version, goroot)
	if err := write(filepath.Join(out, "internal/diagnose/toolchain.go"), []byte(text)); err != nil {
		fatal("%v", err)
	}
}

// write writes a file unless it has that content already.
func write(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o666)
}

func goEnv(name string) string { return strings.TrimSpace(string(run("go", "env", name))) }

func run(name string, args ...string) []byte { return runIn(".", name, args...) }

func runIn(dir, name string, args ...string) []byte {
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		fatal("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return out.Bytes()
}

func fatal(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "prepare: "+format+"\n", args...)
	os.Exit(1)
}
