// Package os: the arguments, the environment, three open files and the exit.
package os

import (
	"errors"
	"internal/lab"
	"internal/labfd"
	"io"
	"io/fs"
	"sync"
	"syscall"
	"time"
)

func init() { Args = runtime_args() }

func runtime_args() []string

// Exit ends the process: no deferred call runs.
func Exit(code int) { syscall.Exit(code) }

func Getpid() int  { return syscall.Getpid() }
func Getppid() int { return syscall.Getppid() }

// file is one of the three standard files, a pipe, or a file in memory.
type file struct {
	fd     int
	name   string
	closed bool
}

// NewFile returns a File for one of the three standard files.
func NewFile(fd uintptr, name string) *File {
	if fd > 2 {
		lab.OutOfModel("os.NewFile of another file than the standard ones")
	}
	return &File{&file{fd: int(fd), name: name}}
}

var (
	errNoDeadlineText = errors.New("file type does not support deadline")
	errDeadlineText   = errors.New("i/o timeout")
)

func errNoDeadline() error       { return errNoDeadlineText }
func errDeadlineExceeded() error { return errDeadlineText }

// checkWrapErr gives the error of an operation on a closed or nil file.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if len(b) == 0 {
		return 0, nil
	}
	if f.fd > 2 {
		n, err = f.other("read", func() (int, labfd.Error) { return labfd.Read(f.fd, b, true) })
		n = max(n, 0)
	} else {
		n, err = syscall.Read(f.fd, b)
	}
	if err != nil {
		return 0, &PathError{Op: "read", Path: f.name, Err: err}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.fd > 2 {
		n, err = f.other("write", func() (int, labfd.Error) { return labfd.Write(f.fd, b, true) })
		if err != nil {
			err = &PathError{Op: "write", Path: f.name, Err: err}
		}
		return max(n, 0), err
	}
	n, err = syscall.Write(f.fd, b)
	if err != nil {
		if err == syscall.EPIPE && (f.fd == 1 || f.fd == 2) {
			sigpipe()
		}
		return 0, &PathError{Op: "write", Path: f.name, Err: err}
	}
	return n, nil
}

// other does a call on a file that is not one of the standard ones.
func (f *File) other(op string, call func() (int, labfd.Error)) (int, error) {
	n, code := call()
	switch code {
	case labfd.OK:
		return n, nil
	case labfd.Broken:
		return n, syscall.EPIPE
	case labfd.Closed:
		return n, ErrClosed
	case labfd.Invalid:
		return n, syscall.EINVAL
	}
	return n, syscall.EBADF
}

// sigpipe dies of SIGPIPE, unless the program asked for the signal or ignores it.
func sigpipe()

func (f *File) WriteString(s string) (n int, err error) {
	return f.Write([]byte(s))
}

func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	if err := f.check("close"); err != nil {
		return err
	}
	f.closed = true
	if f.fd > 2 {
		labfd.Close(f.fd)
	}
	return nil
}

func (f *File) Fd() uintptr {
	if f == nil || f.closed {
		return ^(uintptr(0))
	}
	labfd.SetBlocking(f.fd)
	return uintptr(f.fd)
}

func (f *File) Sync() error {
	if err := f.check("sync"); err != nil {
		return err
	}
	return &PathError{Op: "sync", Path: f.name, Err: syscall.EINVAL}
}

func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	lab.OutOfModel("os.File.Seek")
	return
}

func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	lab.OutOfModel("os.File.ReadAt")
	return
}

func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	lab.OutOfModel("os.File.WriteAt")
	return
}

func (f *File) Truncate(size int64) error {
	if err := f.check("truncate"); err != nil {
		return err
	}
	_, err := f.other("truncate", func() (int, labfd.Error) { return 0, labfd.Truncate(f.fd, size) })
	if err != nil {
		return &PathError{Op: "truncate", Path: f.name, Err: err}
	}
	return nil
}

func (f *File) Stat() (FileInfo, error) {
	lab.OutOfModel("os.File.Stat")
	return nil, nil
}

func (f *File) SetDeadline(t time.Time) error      { return ErrNoDeadline }
func (f *File) SetReadDeadline(t time.Time) error  { return ErrNoDeadline }
func (f *File) SetWriteDeadline(t time.Time) error { return ErrNoDeadline }

// There is no file system.

func noFiles(call string) { lab.OutOfModel("the file system (os." + call + ")") }

func Open(name string) (*File, error)   { noFiles("Open"); return nil, nil }
func Create(name string) (*File, error) { noFiles("Create"); return nil, nil }

func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	noFiles("OpenFile")
	return nil, nil
}

// temporary has the names of files that exist in memory.
var temporary struct {
	sync.Mutex
	made  int
	names map[string]bool
}

// CreateTemp makes a file in memory, which has the name and nobody else can open.
func CreateTemp(dir, pattern string) (*File, error) {
	star := -1
	for i := range len(pattern) {
		switch pattern[i] {
		case '/':
			noFiles("CreateTemp")
		case '*':
			star = i
		}
	}
	if dir != "" && dir != TempDir() {
		noFiles("CreateTemp")
	}
	prefix, suffix := pattern, ""
	if star >= 0 {
		prefix, suffix = pattern[:star], pattern[star+1:]
	}
	temporary.Lock()
	defer temporary.Unlock()
	temporary.made++
	name := TempDir() + "/" + prefix + itoa(1234567890+temporary.made) + suffix
	if temporary.names == nil {
		temporary.names = map[string]bool{}
	}
	temporary.names[name] = true
	return &File{&file{fd: labfd.File(), name: name}}, nil
}

func itoa(n int) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func MkdirTemp(dir, pattern string) (string, error)           { noFiles("MkdirTemp"); return "", nil }
func ReadFile(name string) ([]byte, error)                    { noFiles("ReadFile"); return nil, nil }
func WriteFile(name string, data []byte, perm FileMode) error { noFiles("WriteFile"); return nil }
func ReadDir(name string) ([]DirEntry, error)                 { noFiles("ReadDir"); return nil, nil }
func Stat(name string) (FileInfo, error)                      { noFiles("Stat"); return nil, nil }
func Lstat(name string) (FileInfo, error)                     { noFiles("Lstat"); return nil, nil }
func Mkdir(name string, perm FileMode) error                  { noFiles("Mkdir"); return nil }
func MkdirAll(path string, perm FileMode) error               { noFiles("MkdirAll"); return nil }

// Remove removes a file of CreateTemp; who has it open keeps it.
func Remove(name string) error {
	temporary.Lock()
	defer temporary.Unlock()
	if !temporary.names[name] {
		noFiles("Remove")
	}
	delete(temporary.names, name)
	return nil
}

func RemoveAll(path string) error            { noFiles("RemoveAll"); return nil }
func Rename(oldpath, newpath string) error   { noFiles("Rename"); return nil }
func Truncate(name string, size int64) error { noFiles("Truncate"); return nil }
func Chdir(dir string) error                 { noFiles("Chdir"); return nil }
func Getwd() (dir string, err error)         { noFiles("Getwd"); return }
func Readlink(name string) (string, error)   { noFiles("Readlink"); return "", nil }
func Symlink(oldname, newname string) error  { noFiles("Symlink"); return nil }
func Link(oldname, newname string) error     { noFiles("Link"); return nil }
func Chmod(name string, mode FileMode) error { noFiles("Chmod"); return nil }
func DirFS(dir string) fs.FS                 { noFiles("DirFS"); return nil }
func Executable() (string, error)            { noFiles("Executable"); return "", nil }
func UserHomeDir() (string, error)           { noFiles("UserHomeDir"); return "", nil }

// Pipe gives a pair of connected files: what is written to w can be read from r.
func Pipe() (r *File, w *File, err error) {
	a, b := labfd.Pipe(true)
	return &File{&file{fd: a, name: "|0"}}, &File{&file{fd: b, name: "|1"}}, nil
}

func Hostname() (name string, err error) { lab.OutOfModel("os.Hostname"); return }

// A Process is another process, or this one.
type Process struct {
	Pid      int
	released bool
}

func FindProcess(pid int) (*Process, error) { return &Process{Pid: pid}, nil }

func (p *Process) Signal(sig Signal) error {
	if p == nil || p.Pid == 0 || p.Pid == -1 || p.released {
		lab.OutOfModel("os.Process.Signal of a process that is none")
	}
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	return syscall.Kill(p.Pid, s)
}

func (p *Process) Kill() error { return p.Signal(Kill) }

func (p *Process) Release() error {
	p.released = true
	return nil
}

func (p *Process) Wait() (*ProcessState, error) {
	lab.OutOfModel("os.Process.Wait")
	return nil, nil
}

// A ProcessState is what is left of a process.
type ProcessState struct{}
