//go:build !amd64 && !arm64

package kernel

// Sets lists the usable sets, best first.
func Sets() []*Set { return []*Set{Plain()} }
