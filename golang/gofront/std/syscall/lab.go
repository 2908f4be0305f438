// Package syscall has the numbers and names of linux/amd64, the environment,
// and hardly a system call.
package syscall

import (
	"internal/lab"
	"internal/labfd"
)

// The machine knows these.

func Exit(code int)
func runtime_envs() []string

// The runtime need not hear of changes of the environment.

func runtimeSetenv(k, v string)          {}
func runtimeUnsetenv(k string)           {}
func runtimeClearenv(env map[string]int) {}

// Getpid and the others: numbers that a process could have.

func Getpid() (pid int)   { return 4242 }
func Getppid() (ppid int) { return 4241 }
func Getpagesize() int    { return 4096 }

func Getuid() (uid int)   { lab.OutOfModel("syscall.Getuid"); return }
func Geteuid() (euid int) { lab.OutOfModel("syscall.Geteuid"); return }
func Getgid() (gid int)   { lab.OutOfModel("syscall.Getgid"); return }
func Getegid() (egid int) { lab.OutOfModel("syscall.Getegid"); return }

// Kill sends a signal to a process: this one, there is no other. A signal that
// does not end the process may arrive later.
func Kill(pid int, sig Signal) error {
	switch {
	case pid != Getpid():
		lab.OutOfModel("syscall.Kill of another process")
	case sig < 0 || sig > 64:
		return EINVAL
	case sig != 0:
		kill(uint32(sig))
	}
	return nil
}

func kill(sig uint32)

// Read reads from standard input.
func Read(fd int, p []byte) (n int, err error) {
	switch {
	case fd == Stdin:
		return read(p), nil
	case fd == Stdout || fd == Stderr:
		return -1, EBADF
	}
	n, code := labfd.Read(fd, p, false)
	return n, errnoOf(code)
}

// errnoOf gives the error of a call on another file than the standard ones.
func errnoOf(code labfd.Error) error {
	switch code {
	case labfd.OK:
		return nil
	case labfd.Broken:
		return EPIPE
	case labfd.Again:
		return EAGAIN
	case labfd.Invalid:
		return EINVAL
	case labfd.Closed:
		lab.OutOfModel("a system call on a file that is closed meanwhile")
	}
	return EBADF
}

// Write writes to standard output or standard error.
func Write(fd int, p []byte) (n int, err error) {
	if fd == Stdout || fd == Stderr {
		n = write(fd, p)
		if n < 0 {
			return n, EPIPE
		}
		return n, nil
	}
	if fd == Stdin {
		return -1, EBADF
	}
	n, code := labfd.Write(fd, p, false)
	if code != labfd.OK {
		n = -1
	}
	return n, errnoOf(code)
}

// Ftruncate changes the size of a file.
func Ftruncate(fd int, length int64) error { return errnoOf(labfd.Truncate(fd, length)) }

func read(p []byte) int
func write(fd int, p []byte) int

// Rlimit and Rusage are the structures of the calls of these names.
type Rlimit struct{ Cur, Max uint64 }

func Getrlimit(resource int, rlim *Rlimit) error {
	lab.OutOfModel("syscall.Getrlimit")
	return nil
}

func Setrlimit(resource int, rlim *Rlimit) error {
	lab.OutOfModel("syscall.Setrlimit")
	return nil
}

// Mmap and Munmap map files and memory.
func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	if prot&^PROT_WRITE != PROT_READ || flags != MAP_SHARED && flags != MAP_PRIVATE {
		lab.OutOfModel("syscall.Mmap of memory that is no file, or is not to be read")
	}
	data, code := labfd.Map(fd, offset, length, prot&PROT_WRITE != 0, flags == MAP_SHARED)
	return data, errnoOf(code)
}

func Munmap(b []byte) error {
	if !labfd.Unmap(b) {
		return EINVAL
	}
	return nil
}

// Mprotect changes the protection of memory.
func Mprotect(b []byte, prot int) error {
	lab.OutOfModel("syscall.Mprotect")
	return nil
}

// Syscall and the others are any system call.
func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	lab.OutOfModel("syscall.Syscall")
	return
}

func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	lab.OutOfModel("syscall.Syscall6")
	return
}

func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	lab.OutOfModel("syscall.RawSyscall")
	return
}

func Open(path string, mode int, perm uint32) (fd int, err error) {
	lab.OutOfModel("syscall.Open")
	return
}

func Close(fd int) (err error) {
	if fd >= 0 && fd <= Stderr {
		lab.OutOfModel("syscall.Close of a standard file")
	}
	return errnoOf(labfd.Close(fd))
}

func Gettid() (tid int) { lab.OutOfModel("syscall.Gettid"); return }

func Pipe(p []int) error {
	if len(p) != 2 {
		return EINVAL
	}
	p[0], p[1] = labfd.Pipe(false)
	return nil
}

// ByteSliceFromString gives the bytes of s and a zero byte.
func ByteSliceFromString(s string) ([]byte, error) {
	for i := 0; i < len(s); i++ {
		if s[i] == 0 {
			return nil, EINVAL
		}
	}
	a := make([]byte, len(s)+1)
	copy(a, s)
	return a, nil
}
