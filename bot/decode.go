package bot

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// decode makes a T, one of discordgo's types, of what Discord sent. Discord adds kinds of things as it likes, and discordgo's
// decoders stop at the first that they do not know or that is not as documented; so that a question is answered all the same,
// what is at fault is left out then, and nothing but that. null in a list is left out too: whoever goes through a list may count
// on what it holds.
func decode[T any](data []byte) (*T, error) {
	v := reflect.New(reflect.TypeFor[T]())
	if err := decodeInto(data, v); err != nil {
		return nil, err
	}
	return v.Interface().(*T), nil
}

// decodeInto is decode for a type that is known at run time only: v is a pointer to its zero value.
func decodeInto(data []byte, v reflect.Value) error {
	if !hasNullItems(data) && unmarshal(data, v) == nil {
		return nil
	}
	tree, err := parse(data)
	if err != nil {
		return err
	}
	if _, isObject := tree.(map[string]any); !isObject {
		return errors.New("no object")
	}
	s := salvage{kind: v.Type().Elem(), budget: maxSalvage}
	tree = trimmed(tree, deepest)
	if !s.fits(tree) {
		tree = s.prune(tree, s.fits)
	}
	data, err = json.Marshal(tree)
	if err != nil {
		return err
	}
	v.Elem().SetZero()
	return unmarshal(data, v)
}

// unmarshal is json.Unmarshal, where a panic of a decoder is an error.
func unmarshal(data []byte, v reflect.Value) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a decoder panicked: %v", p)
		}
	}()
	return json.Unmarshal(data, v.Interface())
}

// parse makes of JSON what json.Unmarshal would, but keeps all digits of numbers.
func parse(data []byte) (tree any, err error) {
	if !json.Valid(data) {
		return nil, errors.New("no JSON")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err = d.Decode(&tree)
	return tree, err
}

// hasNullItems reports whether a list in data may hold null; it may err on the side of yes, where a text looks like that.
func hasNullItems(data []byte) bool {
	for from := 0; ; {
		i := bytes.Index(data[from:], []byte("null"))
		if i < 0 {
			return false
		}
		before := bytes.TrimRight(data[:from+i], " \t\r\n")
		if n := len(before); n == 0 || before[n-1] == '[' || before[n-1] == ',' {
			return true
		}
		from += i + len("null")
	}
}

// deepest is how many levels of lists and objects are looked at. Discord's messages have some 15.
const deepest = 30

// trimmed is tree without null in lists, and without what lies deeper than that many levels.
func trimmed(tree any, levels int) any {
	if levels == 0 {
		return emptied(tree)
	}
	switch tree := tree.(type) {
	case map[string]any:
		for key, value := range tree {
			tree[key] = trimmed(value, levels-1)
		}
	case []any:
		tree = slices.DeleteFunc(tree, func(item any) bool { return item == nil })
		for i, item := range tree {
			tree[i] = trimmed(item, levels-1)
		}
		return tree
	}
	return tree
}

// salvage finds what of a JSON value can be decoded.
type salvage struct {
	kind   reflect.Type
	budget int // bytes that may yet be decoded
}

// maxSalvage is how many bytes are decoded to salvage one event: a message of 2 KB with an unknown component takes some 150 KB.
const maxSalvage = 256 << 10

// fits reports whether the whole can be decoded.
func (s *salvage) fits(tree any) bool {
	data, err := json.Marshal(tree)
	s.budget -= len(data)
	return err == nil && s.budget >= 0 && unmarshal(data, reflect.New(s.kind)) == nil
}

// prune is tree without what does not fit, the less of it the better.
func (s *salvage) prune(tree any, fits func(any) bool) any {
	switch tree := tree.(type) {
	case map[string]any:
		kept := map[string]any{}
		try := func(key string, value any) bool {
			all := maps.Clone(kept)
			all[key] = value
			return fits(all)
		}
		keys := simpleFirst(tree)
		for _, key := range keys { // a type may need something beside it, even if that is empty
			if empty := emptied(tree[key]); empty != nil && try(key, empty) {
				kept[key] = empty
			}
		}
		for _, key := range keys {
			if value, ok := s.keep(tree[key], func(value any) bool { return try(key, value) }); ok {
				kept[key] = value
			}
		}
		return kept
	case []any:
		kept := []any{}
		for _, item := range tree {
			with := func(value any) any { return append(slices.Clone(kept), value) }
			if value, ok := s.keep(item, func(value any) bool { return fits(with(value)) }); ok {
				kept = append(kept, value)
			}
		}
		return kept
	}
	return tree
}

// keep is as much of value as fits; false if nothing does.
func (s *salvage) keep(value any, fits func(any) bool) (any, bool) {
	switch {
	case s.budget <= 0:
		return nil, false
	case fits(value):
		return value, true
	}
	value = s.prune(value, fits)
	return value, fits(value)
}

// simpleFirst are the keys of an object: those of lists and objects last, because what may be in them often depends on a type
// that stands beside them, and the longer ones at the very end, because they may use up the budget.
func simpleFirst(object map[string]any) []string {
	length := map[string]int{}
	for key, value := range object {
		if emptied(value) != nil {
			data, _ := json.Marshal(value)
			length[key] = len(data)
		}
	}
	keys := slices.Sorted(maps.Keys(object))
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(length[a], length[b]) })
	return keys
}

// emptied is a list or object with nothing in it; nil for what is neither.
func emptied(value any) any {
	switch value.(type) {
	case map[string]any:
		return map[string]any{}
	case []any:
		return []any{}
	}
	return nil
}
