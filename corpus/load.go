package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Problem is a file in a folder that could not be loaded while others could.
type Problem struct {
	Path string
	Err  error // one sentence, which names the file
}

// Load reads articles from files and folders, in the order given; a folder's files, those of its subfolders included, in
// lexical order. Files that are hidden, that an editor keeps beside the real ones (a.txt~, a.txt.bak, ~$a.txt), or that have
// another extension than [Parse] reads are passed over in a folder. IDs are made to differ.
//
// A broken file in a folder becomes a Problem, so that the others load. It is an error if a path does not exist, if a file
// that was named itself is broken, or if nothing at all could be loaded. Every error is one sentence for the user.
func Load(paths ...string) ([]*Article, []Problem, error) {
	l := loader{seen: map[string]bool{}, ids: map[string]bool{}}
	for _, p := range paths {
		if err := l.path(p); err != nil {
			return nil, l.problems, err
		}
	}
	if len(l.articles) > 0 {
		return l.articles, l.problems, nil
	}
	where := strings.Join(paths, ", ")
	if len(l.problems) > 0 {
		return nil, l.problems, fmt.Errorf("no article in %s could be loaded: %w", where, l.problems[0].Err)
	}
	return nil, nil, fmt.Errorf("there is no article in %s. Put .txt, .md or .html files there", where)
}

type loader struct {
	articles []*Article
	problems []Problem
	seen     map[string]bool // absolute paths, so that no file is loaded twice
	ids      map[string]bool
}

func (l *loader) path(p string) error {
	info, err := os.Stat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s does not exist. Give the path of an article or of a folder of articles", p)
	case err != nil:
		return fmt.Errorf("%s cannot be read: %w", p, reason(err))
	case info.IsDir():
		return l.folder(p)
	}
	return l.file(p)
}

// folder loads what is below dir. Symbolic links to files are followed, those to folders are not.
func (l *loader) folder(dir string) error {
	return fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		full := filepath.Join(dir, filepath.FromSlash(name))
		hidden := strings.HasPrefix(path.Base(name), ".") && name != "."
		lock := strings.HasPrefix(path.Base(name), "~$") // of a file that is open; a.txt~ and a.txt.bak have no known extension
		switch {
		case err != nil && name == ".":
			return fmt.Errorf("%s cannot be read: %w", dir, reason(err))
		case err != nil:
			l.problems = append(l.problems, Problem{full, fmt.Errorf("%s cannot be read: %w", full, reason(err))})
			return nil
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || lock || entry.IsDir() || formatOf(name) == unknown:
			return nil
		}
		if info, err := os.Stat(full); err == nil && info.IsDir() {
			return nil
		}
		if err := l.file(full); err != nil {
			l.problems = append(l.problems, Problem{full, err})
		}
		return nil
	})
}

func (l *loader) file(p string) error {
	if absolute, err := filepath.Abs(p); err == nil {
		if l.seen[absolute] {
			return nil
		}
		l.seen[absolute] = true
	}
	data, err := readFile(p)
	if err != nil {
		return err
	}
	a, err := Parse(p, data)
	if err != nil {
		return err
	}
	a.ID = l.unused(a.ID)
	l.articles = append(l.articles, a)
	return nil
}

// unused is id, or if another article has it already, id-2, id-3 and so on.
func (l *loader) unused(id string) string {
	free := id
	for n := 2; l.ids[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	l.ids[free] = true
	return free
}

func readFile(p string) ([]byte, error) {
	if formatOf(p) == unknown {
		return nil, unknownFormat(p)
	}
	info, err := os.Stat(p)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", p, reason(err))
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file. Give a .txt, .md or .html file", p)
	}
	f, err := os.Open(p)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", p, reason(err))
	}
	defer f.Close()
	// One byte more than is allowed, so that Parse sees that there is too much.
	data, err := io.ReadAll(io.LimitReader(f, int64(formatOf(p).limit())+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", p, reason(err))
	}
	return data, nil
}

// reason is err without the operation and path that package os puts before it.
func reason(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
