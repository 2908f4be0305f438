package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

type user struct{ Name string }

func (u user) LogValue() slog.Value { return slog.GroupValue(slog.String("name", u.Name)) }

func main() {
	h := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}})
	l := slog.New(h)
	l.Info("start", "n", 3, "err", errors.New("bad"), slog.Duration("d", time.Second), "u", user{"ann"})
	l.With("req", 7).WithGroup("g").Debug("deep", "k", []int{1, 2})
	j := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	j.ErrorContext(context.Background(), "oops", "map", map[string]int{"b": 1, "a": 2}, "u", user{"bo"})
	fmt.Println(filepath.Join("a", "..", "b", "c.txt"), filepath.Ext("x.go"), filepath.Base("/q/r"))
	m, err := filepath.Match("*.go", "x.go")
	fmt.Println(m, err)
	u, err := url.Parse("https://u:p@example.com:80/a%20b?q=1&r=x+y#f")
	fmt.Println(u.Host, u.Path, u.Query()["r"], u.Fragment, err)
	_, err = url.Parse("http://[::1")
	fmt.Println(err)
	a, err := netip.ParseAddr("192.168.1.7")
	fmt.Println(a, a.Is4(), err)
	fmt.Println(netip.MustParsePrefix("10.0.0.0/8").Contains(netip.MustParseAddr("10.2.3.4")))
	slog.SetDefault(l)
	slog.Warn("default")
	defer func() {
		slog.Error("recovered", "r", recover())
	}()
	netip.MustParseAddr("x")
}
