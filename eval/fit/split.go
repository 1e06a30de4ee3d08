package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// splitFile copies the articles of a file, a line each, to files of the same name: those of part 0 to dir/test, the others to
// dir/train.
func splitFile(path, dir string, folds int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("split: %w", err)
	}
	var parts [2]bytes.Buffer
	for line := range bytes.Lines(data) {
		var a struct{ ID string }
		if err := json.Unmarshal(line, &a); err != nil {
			return fmt.Errorf("split %s: %w", path, err)
		}
		part := &parts[1]
		if fold(a.ID, folds) == 0 {
			part = &parts[0]
		}
		part.Write(line)
	}
	for i, name := range [...]string{"test", "train"} {
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(to, 0o755); err != nil {
			return fmt.Errorf("split: %w", err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(path)), parts[i].Bytes(), 0o644); err != nil {
			return fmt.Errorf("split: %w", err)
		}
	}
	return nil
}
