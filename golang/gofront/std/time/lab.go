package time

import (
	"internal/lab"
	"syscall"
)

func runtimeIsBubbled() bool { return false }

// initLocal: the machine's zone is UTC unless TZ asks for another.
func initLocal() {
	if tz, ok := syscall.Getenv("TZ"); ok && tz != "" && tz != "UTC" && tz != ":UTC" {
		lab.OutOfModel("the time zone database (TZ=" + tz + ")")
	}
	localLoc.name = "UTC"
}

// LoadLocation returns a location by its name.
func LoadLocation(name string) (*Location, error) {
	if name == "" || name == "UTC" {
		return UTC, nil
	}
	if name == "Local" {
		return Local, nil
	}
	if containsDotDot(name) || name[0] == '/' || name[0] == '\\' {
		return nil, errLocation
	}
	lab.OutOfModel("the time zone database (time.LoadLocation)")
	return nil, errLocation
}
