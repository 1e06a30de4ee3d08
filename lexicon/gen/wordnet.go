package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"citebot/lexicon"
)

// parts are WordNet's parts of speech, in the order in which their exceptions count, as files name them and as data do.
var parts = []struct {
	file   string
	letter byte
	kind   lexicon.Kind
}{
	{"noun", 'n', lexicon.Noun}, {"verb", 'v', lexicon.Verb}, {"adj", 'a', lexicon.Adjective}, {"adv", 'r', lexicon.Adverb},
}

// wordNet is the database, as wndb(5WN) describes it.
type wordNet struct {
	synsets    map[string]*synset            // by part of speech and offset, as "n00001740"
	senses     map[string]map[byte][]*synset // by lemma (lower case, spaces for underscores) and part of speech; most common first
	exceptions map[string]exception          // by irregular form; the first of several
	counts     map[string][]int              // by lemma and letter ("bank n"), per sense: how often WordNet's makers met it in texts
}

type exception struct {
	base string
	kind lexicon.Kind // part of speech
}

type synset struct {
	file     int      // number of the lexicographer's file; see lexnames(5WN)
	words    []string // as written, with spaces for underscores
	pointers []pointer
}

type pointer struct {
	symbol   string
	to       string // key of wordNet.synsets
	from, at int    // which word points to which, from 1; 0 for all of the synset
}

func readWordNet(dir string) (*wordNet, error) {
	wn := &wordNet{map[string]*synset{}, map[string]map[byte][]*synset{}, map[string]exception{}, map[string][]int{}}
	for _, p := range parts {
		if err := eachLine(filepath.Join(dir, "data."+p.file), func(f []string) error { return wn.addSynset(p.letter, f) }); err != nil {
			return nil, err
		}
		if err := eachLine(filepath.Join(dir, "index."+p.file), func(f []string) error { return wn.addSenses(p.letter, f) }); err != nil {
			return nil, err
		}
		err := eachLine(filepath.Join(dir, p.file+".exc"), func(f []string) error {
			if _, have := wn.exceptions[f[0]]; !have && f[0] != f[1] {
				wn.exceptions[f[0]] = exception{f[1], p.kind}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return wn, eachLine(filepath.Join(dir, "cntlist.rev"), wn.addCount)
}

// eachLine calls do with the fields of each line that is not part of the licence at the head of the file.
func eachLine(file string, do func(fields []string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "  ") {
			continue
		}
		if err := do(strings.Fields(lines.Text())); err != nil {
			return fmt.Errorf("%s: %q: %w", file, lines.Text(), err)
		}
	}
	return lines.Err()
}

// addSynset reads: offset lex_filenum ss_type w_cnt word lex_id … p_cnt symbol offset pos source/target … | gloss.
func (wn *wordNet) addSynset(part byte, f []string) error {
	file, err := strconv.Atoi(f[1])
	if err != nil {
		return err
	}
	words, err := strconv.ParseInt(f[3], 16, 32)
	if err != nil {
		return err
	}
	s := &synset{file: file}
	rest := f[4:]
	for range words {
		word, _, _ := strings.Cut(rest[0], "(") // adjectives may carry a marker: former(a)
		s.words = append(s.words, strings.ReplaceAll(word, "_", " "))
		rest = rest[2:]
	}
	pointers, err := strconv.Atoi(rest[0])
	if err != nil {
		return err
	}
	rest = rest[1:]
	for range pointers {
		ends, err := strconv.ParseInt(rest[3], 16, 32)
		if err != nil {
			return err
		}
		s.pointers = append(s.pointers, pointer{rest[0], rest[2] + rest[1], int(ends >> 8), int(ends & 0xff)})
		rest = rest[4:]
	}
	wn.synsets[string(part)+f[0]] = s
	return nil
}

// addSenses reads: lemma pos synset_cnt p_cnt symbol … sense_cnt tagsense_cnt offset ….
func (wn *wordNet) addSenses(part byte, f []string) error {
	count, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	lemma := strings.ReplaceAll(f[0], "_", " ")
	if wn.senses[lemma] == nil {
		wn.senses[lemma] = map[byte][]*synset{}
	}
	for _, offset := range f[len(f)-count:] {
		s := wn.synsets[string(part)+offset]
		if s == nil {
			return fmt.Errorf("no synset at %s", offset)
		}
		wn.senses[lemma][part] = append(wn.senses[lemma][part], s)
	}
	return nil
}

// addCount reads: sense_key sense_number tag_cnt, where the key starts with lemma%part of speech.
func (wn *wordNet) addCount(f []string) error {
	lemma, key, _ := strings.Cut(f[0], "%")
	count, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	sense, err := strconv.Atoi(f[1])
	if err != nil {
		return err
	}
	at := strings.ReplaceAll(lemma, "_", " ") + " " + string(".nvara"[key[0]-'0']) // 5 is an adjective, too
	for len(wn.counts[at]) < sense {
		wn.counts[at] = append(wn.counts[at], 0)
	}
	wn.counts[at][sense-1] = count
	return nil
}

// count is how often a lemma was met as a part of speech: in one of its senses, from 0, or else in all if sense is -1.
func (wn *wordNet) count(lemma string, part byte, sense int) int {
	counts := wn.counts[lemma+" "+string(part)]
	if sense >= len(counts) {
		return 0
	}
	if sense >= 0 {
		return counts[sense]
	}
	sum := 0
	for _, c := range counts {
		sum += c
	}
	return sum
}

// follow are the synsets that s points to with one of the symbols.
func (wn *wordNet) follow(s *synset, symbols ...string) []*synset {
	var to []*synset
	for _, p := range s.pointers {
		for _, symbol := range symbols {
			if p.symbol == symbol {
				to = append(to, wn.synsets[p.to])
			}
		}
	}
	return to
}

// generals are the synsets directly above a noun's, whether it is a kind or an instance of them.
func (wn *wordNet) generals(s *synset) []*synset { return wn.follow(s, "@", "@i") }

// under reports whether s is root or below it.
func (wn *wordNet) under(s *synset, roots ...*synset) bool {
	for _, r := range roots {
		if s == r {
			return true
		}
	}
	for _, g := range wn.generals(s) {
		if wn.under(g, roots...) {
			return true
		}
	}
	return false
}

// noun is the sense of a noun by number, from 1.
func (wn *wordNet) noun(lemma string, sense int) *synset { return wn.senses[lemma]['n'][sense-1] }

// base is the base form of an irregularly inflected word. WordNet lists women and its like nowhere, as it has a rule for them.
func (wn *wordNet) base(word string) exception {
	if man, ok := strings.CutSuffix(word, "men"); ok && wn.senses[word] == nil && len(wn.senses[man+"man"]['n']) > 0 {
		return exception{man + "man", lexicon.Noun}
	}
	return wn.exceptions[word]
}
