package main

import (
	"slices"
	"testing"
)

func TestShardSettings(t *testing.T) {
	for text, want := range map[string]int{"": 0, "auto": 0, " AUTO ": 0, "1": 1, " 16": 16} {
		if got, err := shardCount(text); got != want || err != nil {
			t.Errorf("SHARD_COUNT=%s: %d, %v", text, got, err)
		}
	}
	for text, want := range map[string][]int{"": nil, "3": {3}, "0,2-3": {0, 2, 3}, "4 1-2, 2": {1, 2, 4}, "0-65535": nil} {
		got, err := shardIDs(text)
		if err != nil || want != nil && !slices.Equal(got, want) || text == "0-65535" && len(got) != mostShards {
			t.Errorf("SHARD_IDS=%s: %d, %v", text, got, err)
		}
	}
}
