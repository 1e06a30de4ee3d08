package eval

import (
	"os"
	"runtime/metrics"
	"strconv"
	"strings"
)

// peakMemory is how many bytes of memory the process has taken at most, and how that is known. Linux keeps the most that was
// resident at any time; elsewhere it is what Go has of the system now, and does not give back soon.
func peakMemory() (bytes int64, how string) {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				if kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64); err == nil {
					return kib << 10, "resident at most, VmHWM of /proc/self/status"
				}
			}
		}
	}
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64()), "taken from the system by Go"
}
