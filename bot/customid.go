package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"citebot/answer"
	"citebot/corpus"
)

// A button must work for ever, and the bot keeps no state, so all that a button needs stands in its custom_id, for which
// Discord leaves 100 characters. The first is the kind of action, as a letter; the others are base64url (no padding) of these bytes:
//
//	flags    1 byte
//	page     uvarint
//	scope    8 bytes, the hash of an article's ID; only with flagScope
//	speaker  8 bytes, the hash of a speaker's name; only with flagSpeaker
//	count    1 byte, how many pointers follow
//	pointers each: 1 byte, the number of its article among those that pointers before it named; the next free number
//	         names another article: 8 bytes of hash of its ID, 3 of hash of its text. Then paragraph and sentence as
//	         uvarints from 0, and 3 bytes of hash of the sentence's text
//	about    the rest, UTF-8
//
// A scope that is the first pointer's article, as it nearly always is, is not written: flagScopeFirst stands for it. Without
// flagLong, hashes of IDs and names have 4 bytes, as buttons of earlier versions have them; these still work. The hashes of
// the texts tell whether what the button was made for still stands. A later layout takes other letters.
const (
	customIDLength = 100
	packedLength   = (customIDLength - 1) * 3 / 4
)

// actionKind is what a button, or the modal that it opens, does.
type actionKind byte

const (
	actionContext  actionKind = 'c' // show the paragraph around the first pointer
	actionOpen     actionKind = 'o' // do what the chosen option of a menu says: it holds an action of its own
	actionPassages actionKind = 'p' // show passage number page of the pointers
	actionAsk      actionKind = 'f' // open the modal for a follow-up; the pointers are what was shown
	actionFollowUp actionKind = 'F' // answer what was typed into that modal
	actionSource   actionKind = 's' // tell where the first pointer's article comes from
	actionQuotes   actionKind = 'q' // show quotation number page of those that fit scope, speaker and about
	actionQuote    actionKind = 'Q' // show quotation number page of those that start in the first pointer's sentence
	actionSpeakers actionKind = 'w' // show who is quoted, from page on
	actionArticles actionKind = 'a' // show what can be asked about, from page on
)

// action is the content of a custom_id.
type action struct {
	kind     actionKind
	private  bool     // answers go to the asker alone
	inPlace  bool     // what is shown takes the place of the message with the button
	page     int      // from 0; its unit is the kind's
	scope    nameHash // the only article to look in; zero for all
	speaker  nameHash // zero for anybody
	pointers []pointer
	about    string
}

const (
	flagPrivate = 1 << iota
	flagInPlace
	flagScope
	flagSpeaker
	flagLong
	flagScopeFirst
)

// pointer names a sentence so that it is found again, or known to have changed.
type pointer struct {
	article  nameHash // of the article's ID
	version  textHash // of the article's text
	place    corpus.Place
	sentence textHash
}

type (
	nameHash [8]byte // of an article's ID or a speaker's name: of 10,000 names, two are alike once in 10^11 libraries
	textHash [3]byte
)

// shortLength is how many bytes of a nameHash earlier versions kept; the others are zero then.
const shortLength = 4

func hashOf(text string) nameHash {
	sum := sha256.Sum256([]byte(text))
	return nameHash(sum[:8])
}

// short is the hash as earlier versions had it.
func (h nameHash) short() nameHash {
	clear(h[shortLength:])
	return h
}

// isOf reports whether h, perhaps one of an earlier version, is the hash of text.
func (h nameHash) isOf(text string) bool {
	full := hashOf(text)
	return h == full || h == full.short()
}

func hashText(text string) textHash {
	sum := sha256.Sum256([]byte(text))
	return textHash(sum[:3])
}

// hashArticle is the hash of all that an article says.
func hashArticle(a *corpus.Article) textHash {
	h := sha256.New()
	for _, p := range a.Blocks {
		h.Write([]byte(p.Text))
		h.Write([]byte{'\n'})
	}
	return textHash(h.Sum(nil)[:3])
}

// pointersTo are pointers to passages, in their order.
func pointersTo(passages []answer.Passage) []pointer {
	versions := versions{}
	pointers := make([]pointer, len(passages))
	for i, p := range passages {
		pointers[i] = pointer{hashOf(p.Article.ID), versions.of(p.Article), p.Place, hashText(p.Text)}
	}
	return pointers
}

// pointersShown are pointers to all that passages show: first to their own sentences, then to what is shown with these.
func pointersShown(passages []answer.Passage) []pointer {
	own := pointersTo(passages)
	var with []pointer
	for i, p := range passages {
		for _, s := range p.Shown()[1:] {
			with = append(with, pointer{own[i].article, own[i].version, s.Place, hashText(p.Article.Sentence(s.Place))})
		}
	}
	return append(own, with...)
}

// customID packs a. As many pointers as fit are kept, the first ones; about, which comes from a bounded option, is cut if it
// must be.
func (a action) customID() string {
	flags := byte(flagLong)
	if a.private {
		flags |= flagPrivate
	}
	if a.inPlace {
		flags |= flagInPlace
	}
	switch {
	case a.scope == (nameHash{}):
	case len(a.pointers) > 0 && a.scope == a.pointers[0].article:
		flags |= flagScopeFirst
	default:
		flags |= flagScope
	}
	if a.speaker != (nameHash{}) {
		flags |= flagSpeaker
	}
	packed := binary.AppendUvarint([]byte{flags}, uint64(a.page))
	if flags&flagScope != 0 {
		packed = append(packed, a.scope[:]...)
	}
	if flags&flagSpeaker != 0 {
		packed = append(packed, a.speaker[:]...)
	}
	count := len(packed)
	packed = append(packed, 0)
	var articles []nameHash
	for _, p := range a.pointers {
		next := packed
		number := indexOf(articles, p.article)
		next = append(next, byte(number))
		if number == len(articles) {
			next = append(append(next, p.article[:]...), p.version[:]...)
		}
		next = binary.AppendUvarint(next, uint64(p.place.Block))
		next = binary.AppendUvarint(next, uint64(p.place.Sentence))
		next = append(next, p.sentence[:]...)
		if len(next)+len(a.about) > packedLength {
			break
		}
		if number == len(articles) {
			articles = append(articles, p.article)
		}
		packed = next
		packed[count]++
	}
	packed = append(packed, cutBytes(a.about, packedLength-len(packed))...)
	return string(a.kind) + base64.RawURLEncoding.EncodeToString(packed)
}

// carried are the first of the pointers that a's custom_id has room for.
func (a action) carried() []pointer {
	fitting, err := parseAction(a.customID())
	if err != nil {
		return nil
	}
	return fitting.pointers
}

// errCustomID means that a custom_id is none of this bot's, or of another layout.
var errCustomID = errors.New("not a custom_id of this version")

// parseAction unpacks a custom_id.
func parseAction(customID string) (action, error) {
	if customID == "" {
		return action{}, errCustomID
	}
	a := action{kind: actionKind(customID[0])}
	switch a.kind {
	case actionContext, actionOpen, actionPassages, actionAsk, actionFollowUp, actionSource, actionQuotes, actionQuote, actionSpeakers, actionArticles:
	default:
		return action{}, errCustomID
	}
	packed, err := base64.RawURLEncoding.DecodeString(customID[1:])
	if err != nil {
		return action{}, errCustomID
	}
	r := unpacker{rest: packed}
	flags := r.byte()
	a.private = flags&flagPrivate != 0
	a.inPlace = flags&flagInPlace != 0
	a.page = r.number()
	size := shortLength
	if flags&flagLong != 0 {
		size = len(nameHash{})
	}
	if flags&flagScope != 0 {
		r.read(a.scope[:size])
	}
	if flags&flagSpeaker != 0 {
		r.read(a.speaker[:size])
	}
	var articles []pointer // one of each article
	for range r.byte() {
		var p pointer
		number := int(r.byte())
		switch {
		case number < len(articles):
			p.article, p.version = articles[number].article, articles[number].version
		case number == len(articles):
			r.read(p.article[:size])
			r.read(p.version[:])
			articles = append(articles, p)
		default:
			return action{}, errCustomID
		}
		p.place = corpus.Place{Block: r.number(), Sentence: r.number()}
		r.read(p.sentence[:])
		a.pointers = append(a.pointers, p)
	}
	if r.short || flags&flagScopeFirst != 0 && len(a.pointers) == 0 {
		return action{}, errCustomID
	}
	if flags&flagScopeFirst != 0 {
		a.scope = a.pointers[0].article
	}
	a.about = string(r.rest)
	return a, nil
}

// unpacker reads bytes from the front, and remembers whether there were too few.
type unpacker struct {
	rest  []byte
	short bool
}

func (r *unpacker) read(into []byte) {
	if len(r.rest) < len(into) {
		r.rest, r.short = nil, true
		return
	}
	r.rest = r.rest[copy(into, r.rest):]
}

func (r *unpacker) byte() byte {
	var b [1]byte
	r.read(b[:])
	return b[0]
}

// number reads a uvarint. Numbers of pages, paragraphs and sentences fit 31 bits.
func (r *unpacker) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<31-1 {
		r.rest, r.short = nil, true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func indexOf(hashes []nameHash, h nameHash) int {
	for i, other := range hashes {
		if other == h {
			return i
		}
	}
	return len(hashes)
}
