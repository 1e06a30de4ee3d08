package fakediscord

import (
	"strconv"
	"time"
)

// Shard is one of Count shards; ID counts from 0.
type Shard struct{ ID, Count int }

// covers reports whether the events of that server are delivered to the shard; those of direct messages ("") are to the first.
func (s Shard) covers(guild string) bool {
	id, _ := strconv.ParseUint(guild, 10, 64)
	return int(id>>22%uint64(s.Count)) == s.ID
}

// guildsOf are the servers that READY tells the shard of. The caller holds mu.
func (f *Server) guildsOf(s Shard) []map[string]any {
	list := []map[string]any{}
	for _, id := range f.guilds {
		if s.covers(id) {
			list = append(list, map[string]any{"id": id, "unavailable": true})
		}
	}
	return list
}

// Guild makes another server with a text channel that belongs to that shard, and says the IDs of both.
func (f *Server) Guild(s Shard) (guildID, channelID string) {
	f.mu.Lock()
	id := uint64(time.Now().UnixMilli()-epoch) << 22
	for guildID = f.snowflake(); !s.covers(guildID); guildID = strconv.FormatUint(id, 10) {
		id += 1 << 22
	}
	f.guilds = append(f.guilds, guildID)
	f.mu.Unlock()
	return guildID, f.addChannel(channel{Type: channelText, GuildID: guildID, Name: "general"})
}

// Trouble makes every IDENTIFY of that shard meet script, until Relieve.
func (f *Server) Trouble(shard int, script Script) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gateway.troubles == nil {
		f.gateway.troubles = map[int]Script{}
	}
	f.gateway.troubles[shard] = script
}

// Relieve ends Trouble.
func (f *Server) Relieve(shard int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.gateway.troubles, shard)
}

// Reshard makes Discord want that many shards: fewer are closed with 4011, their sessions gone, and refused from now on.
func (f *Server) Reshard(count int) {
	f.mu.Lock()
	f.gateway.fewest = count
	f.gateway.sessions = nil
	f.mu.Unlock()
	f.Close(4011)
}

// ConnectedShards waits until the bot receives the events of that many shards.
func (f *Server) ConnectedShards(n int) {
	f.t.Helper()
	f.await("the bot to connect", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.gateway.receiving()) >= n
	})
}

// mayIdentify reports whether the shard's bucket may identify now, and notes that it does. The caller holds mu.
func (f *Server) mayIdentify(s Shard) bool {
	bucket := s.ID % f.o.Concurrency
	if time.Since(f.gateway.began[bucket]) < f.o.IdentifyApart {
		return false
	}
	if f.gateway.began == nil {
		f.gateway.began = map[int]time.Time{}
	}
	f.gateway.began[bucket] = time.Now()
	return true
}
