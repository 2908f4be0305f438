package os

import "internal/lab"

// The methods for directories: there is none.

func (f *File) Readdirnames(n int) (names []string, err error) {
	lab.OutOfModel("os.File.Readdirnames")
	return
}

func (f *File) Readdir(n int) ([]FileInfo, error) {
	lab.OutOfModel("os.File.Readdir")
	return nil, nil
}

func (f *File) ReadDir(n int) ([]DirEntry, error) {
	lab.OutOfModel("os.File.ReadDir")
	return nil, nil
}

func (f *File) Chdir() error {
	lab.OutOfModel("os.File.Chdir")
	return nil
}
