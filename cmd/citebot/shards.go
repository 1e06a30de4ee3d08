package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"citebot/bot"
)

// mostShards is a bound on the number of shards, against slips of the finger: the largest bots have some thousands.
const mostShards = 1 << 16

// shardCount reads SHARD_COUNT; 0 stands for as many as Discord recommends.
func shardCount(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.EqualFold(text, "auto") {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostShards {
		return 0, fmt.Errorf("SHARD_COUNT must be a number from 1 to %d, or auto for as many as Discord recommends, not %s", mostShards, bot.Shown(text))
	}
	return n, nil
}

// shardIDs reads SHARD_IDS, numbers and ranges such as 0,2-3, in ascending order; nil stands for all.
func shardIDs(text string) ([]int, error) {
	var ids []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.ParseUint(from, 10, 16)
		last, alsoErr := strconv.ParseUint(to, 10, 16)
		if err != nil || alsoErr != nil || first > last {
			return nil, fmt.Errorf("SHARD_IDS must hold numbers and ranges of shards with commas between them, such as 0,2-3, not %s", bot.Shown(part))
		}
		for id := first; id <= last; id++ {
			ids = append(ids, int(id))
		}
	}
	if len(ids) == 0 && strings.TrimSpace(text) != "" {
		return nil, errors.New("SHARD_IDS holds no number: name this process's shards, such as 0,2-3, or leave it out for all of them")
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
