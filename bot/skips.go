package bot

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	noticeInterval = 5 * time.Second  // between two notices in a channel, where they take the place of answers
	noticePeople   = 60               // that one notice names, in some 26 characters each
	comeBack       = 30 * time.Second // after which to ask again where more was asked than fits
)

// skips are the questions in a channel that will not be answered, and of which nobody has been told yet.
type skips struct {
	people  []skipped
	resting bool        // a notice is on its way, or was sent only just now
	rest    *time.Timer // ends that
}

// skipped are the questions of one person.
type skipped struct {
	person string
	first  *discordgo.Message
	n      int
	again  time.Duration // after which to try again
}

func (s *skips) add(m *discordgo.Message, again time.Duration) {
	for i := range s.people {
		if p := &s.people[i]; p.person == m.Author.ID {
			p.n++
			p.again = max(p.again, again)
			return
		}
	}
	s.people = append(s.people, skipped{m.Author.ID, m, 1, again})
}

// take takes out what one notice can tell.
func (s *skips) take() notice {
	n := min(len(s.people), noticePeople)
	told := slices.Clone(s.people[:n])
	s.people = slices.Delete(s.people, 0, n)
	return notice{told}
}

// notice tells people in a channel that questions of theirs will not be answered.
type notice struct{ people []skipped }

// questions are how many it tells of.
func (n notice) questions() (sum int) {
	for _, p := range n.people {
		sum += p.n
	}
	return sum
}

// text is what it says. People are named without a ping.
func (n notice) text() string {
	again := time.Duration(0)
	var names []string
	for i, p := range n.people {
		again = max(again, p.again)
		of := fmt.Sprintf("%d of <@%s>", p.n, p.person)
		if i == 0 {
			of = fmt.Sprintf("%s of <@%s>", count(p.n, "question"), p.person)
		}
		names = append(names, of)
	}
	if n.questions() == 1 { // which the notice replies to
		return slowDown(again)
	}
	last := len(names) - 1
	list := names[last]
	if last > 0 {
		list = strings.Join(names[:last], ", ") + " and " + list
	}
	return fmt.Sprintf("That is a lot at once. I skipped %s. Please try again in %s.", list, seconds(again))
}

// slowDown is what somebody is told who asks too much.
func slowDown(wait time.Duration) string {
	return fmt.Sprintf("That is a lot at once. Please try again in %s.", seconds(wait))
}

func seconds(d time.Duration) string { return count(int(math.Ceil(d.Seconds())), "second") }
