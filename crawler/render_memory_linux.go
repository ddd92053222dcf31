package crawler

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// memoryOf returns how many bytes of memory a process and all below it have to
// themselves: what their files share is counted for none, or a browser of six
// processes would seem six times as large.
func memoryOf(pid int) int64 {
	parents, memory := map[int]int{}, map[int]int64{}
	names, _ := filepath.Glob("/proc/[0-9]*/status") // the pattern is right
	for _, name := range names {
		status, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		child := statusField(status, "Pid:")
		parents[int(child)] = int(statusField(status, "PPid:"))
		memory[int(child)] = (statusField(status, "RssAnon:") + statusField(status, "RssShmem:")) << 10
	}
	total := int64(0)
	for child := range memory {
		if isBelow(parents, child, pid) {
			total += memory[child]
		}
	}
	return total
}

func isBelow(parents map[int]int, child, root int) bool {
	for range len(parents) {
		if child == root {
			return true
		}
		child = parents[child]
	}
	return false
}

// statusField reads one number of /proc/PID/status (proc_pid_status(5)).
func statusField(status []byte, name string) int64 {
	for line := range bytes.Lines(status) {
		if value, ok := bytes.CutPrefix(line, []byte(name)); ok {
			n, _ := strconv.ParseInt(string(bytes.Fields(value)[0]), 10, 64)
			return n
		}
	}
	return 0
}
