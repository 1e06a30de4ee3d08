package lexicon_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"citebot/lexicon"
)

func open(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestIrregular(t *testing.T) {
	l := open(t)
	for form, want := range map[string]string{
		"went": "go", "mice": "mouse", "women": "woman", "better": "good", "said": "say", "children": "child", "was": "be",
		"has": "have", "paid": "pay", "lives": "", "leaves": "", "wolves": "wolf", "walked": "", "house": "", "zzgl": "", "": "", "a": "", "zurück": "",
	} {
		if got := l.Irregular(form); got != want {
			t.Errorf("Irregular(%q) = %q, want %q", form, got, want)
		}
	}
}

func TestLemmas(t *testing.T) {
	l := open(t)
	for form, want := range map[string]string{
		"cities": "city", "meetings": "meeting", "meeting": "meeting meet", "founded": "found", "making": "making make", "women": "woman", "lives": "life live", "leaves": "leaf leave",
		"largest": "large", "was": "be", "rated": "rate", "hoped": "hope", "number": "number", "glass": "glass", "boxes": "box", "xyzzy": "", "": "", "s": "", "ed": "ed",
	} {
		if got := strings.Join(l.Lemmas(form), " "); got != want {
			t.Errorf("Lemmas(%q) = %q, want %q", form, got, want)
		}
	}
}

// weight is how strongly b is related to a; 0 if it is not.
func weight(l *lexicon.Lexicon, a, b string) float64 {
	for _, r := range l.Relatives(a) {
		if r.Word == b {
			return r.Weight
		}
	}
	return 0
}

func TestRelatives(t *testing.T) {
	l := open(t)
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"govern", "government", .9},  // derivation
		{"armenian", "armenia", .9},   // pertainym
		{"armenia", "armenian", .9},   // and back
		{"buy", "purchase", .55},      // synonym
		{"bought", "purchase", .55},   // from an inflected form
		{"buy", "purchaser", .5},      // derived from a synonym
		{"dog", "puppy", .25},         // hyponym
		{"puppy", "dog", .15},         // hypernym
		{"kill", "die", .45},          // cause
		{"car", "locomotive", 0},      // nothing to do with each other but a common hypernym
		{"car", "car", 0},             // a word is not its own relative
		{"nosuchwordever", "word", 0}, // unknown
	} {
		if got := weight(l, c.a, c.b); math.Abs(got-c.want) > .005 {
			t.Errorf("%s reaches %s with %v, want %v", c.a, c.b, got, c.want)
		}
	}
	for _, r := range l.Relatives("run") {
		if r.Weight <= 0 || r.Weight > 1 || r.Word == "" || strings.Contains(r.Word, " ") {
			t.Errorf("bad relative of run: %+v", r)
		}
	}
}

func TestOpposites(t *testing.T) {
	l := open(t)
	for _, c := range [][2]string{{"first", "last"}, {"solved", "unsolved"}, {"largest", "small"}, {"increased", "decrease"}, {"northern", "southern"}} {
		if got := l.Opposites(c[0]); !slices.Contains(got, c[1]) {
			t.Errorf("the opposites of %s are %v, %s is not among them", c[0], got, c[1])
		}
	}
	for _, word := range []string{"minister", "nosuchwordever", ""} {
		if got := l.Opposites(word); len(got) > 0 {
			t.Errorf("%q has opposites: %v", word, got)
		}
	}
}

func TestKinds(t *testing.T) {
	l := open(t)
	for _, c := range []struct {
		word   string
		has    lexicon.Kind
		hasNot lexicon.Kind
	}{
		{"minister", lexicon.Person | lexicon.Noun, lexicon.Place | lexicon.PlaceName},
		{"ministers", lexicon.Person, lexicon.Place},
		{"women", lexicon.Person, lexicon.Animal},
		{"airport", lexicon.Place, lexicon.Person},
		{"river", lexicon.Place, lexicon.Person},
		{"company", lexicon.Group, lexicon.Place},
		{"week", lexicon.Time, lexicon.Person},
		{"tuesday", lexicon.Time, lexicon.Person},
		{"miles", lexicon.Measure, lexicon.Person},
		{"dollar", lexicon.Measure, lexicon.Person},
		{"tiger", lexicon.Animal, lexicon.Place},
		{"armenia", lexicon.PlaceName, lexicon.Demonym | lexicon.GivenName},
		{"new york", lexicon.PlaceName, lexicon.Person},
		{"danube", lexicon.PlaceName, lexicon.Person},
		{"armenian", lexicon.Demonym, lexicon.PlaceName},
		{"mary", lexicon.FemaleName, lexicon.MaleName},
		{"john", lexicon.MaleName, lexicon.PlaceName},
		{"einstein", lexicon.Surname, lexicon.PlaceName},
		{"tuesday", lexicon.Proper, 0}, {"armenia", lexicon.Proper, 0}, {"march", 0, lexicon.Proper}, {"river", 0, lexicon.Proper},
		{"u.s.", lexicon.PlaceName, 0}, {"uk", lexicon.PlaceName, 0},
		{"had", lexicon.Verb, lexicon.Person}, {"national", lexicon.Adjective, lexicon.Person}, {"rates", lexicon.Noun, lexicon.Animal},
		{"who", 0, math.MaxUint16}, {"us", 0, math.MaxUint16}, {"fields", lexicon.Noun, lexicon.Proper | lexicon.Surname},
		{"frank", lexicon.MaleName, lexicon.FemaleName}, {"sarah", lexicon.FemaleName, lexicon.MaleName}, {"grace", lexicon.FemaleName, lexicon.Proper},
		{"had", lexicon.Verb, lexicon.GivenName}, {"florida", lexicon.PlaceName, lexicon.GivenName}, {"reading", 0, lexicon.PlaceName}, {"einsteins", 0, lexicon.Surname},
		{"in", 0, lexicon.PlaceName},
		{"quickly", lexicon.Adverb, lexicon.Noun},
		{"nosuchwordever", 0, math.MaxUint16},
	} {
		got := l.Kinds(c.word)
		if got&c.has != c.has || got&c.hasNot != 0 {
			t.Errorf("Kinds(%q) = %b, want all of %b and none of %b", c.word, got, c.has, c.hasNot)
		}
	}
}

func TestIsA(t *testing.T) {
	l := open(t)
	for _, c := range []struct {
		word, noun string
		want       bool
	}{
		{"violin", "device", true}, {"violins", "device", true}, {"blue", "color", true}, {"spanish", "language", true},
		{"measles", "disease", true}, {"paris", "city", true}, {"dog", "animals", true}, {"dog", "dog", true},
		{"animal", "dog", false}, {"violin", "disease", false}, {"nosuchwordever", "dog", false}, {"dog", "nosuchwordever", false},
		{"nosuchwordever", "nosuchwordever", false},
	} {
		if got := l.IsA(c.word, c.noun); got != c.want {
			t.Errorf("IsA(%q, %q) = %v", c.word, c.noun, got)
		}
	}
}

func TestRarity(t *testing.T) {
	l := open(t)
	falling := []string{"nosuchwordever", "enzyme", "treaty", "minister", "said", "the"}
	for i := 1; i < len(falling); i++ {
		if a, b := l.Rarity(falling[i-1]), l.Rarity(falling[i]); a <= b {
			t.Errorf("%s (%.2f) should be rarer than %s (%.2f)", falling[i-1], a, falling[i], b)
		}
	}
	if l.Rarity("the") != 0 || l.Rarity("nosuchwordever") != 1 {
		t.Error("Rarity does not run from 0 to 1")
	}
}

func TestVectors(t *testing.T) {
	l := open(t)
	cosine := func(a, b string) float64 {
		i, okA := l.Vector(a)
		j, okB := l.Vector(b)
		if !okA || !okB {
			t.Fatalf("no vector for %s or %s", a, b)
		}
		return l.Cosine(i, j)
	}
	if c := cosine("doctor", "doctor"); math.Abs(c-1) > 1e-5 {
		t.Errorf("a word's likeness to itself is %v", c)
	}
	for _, c := range [][3]string{{"doctor", "physician", "banana"}, {"killed", "died", "library"}, {"buy", "purchase", "sing"}} {
		if near, far := cosine(c[0], c[1]), cosine(c[0], c[2]); near < .4 || far > .25 {
			t.Errorf("%s is like %s by %.2f, like %s by %.2f", c[0], c[1], near, c[2], far)
		}
	}
	if _, ok := l.Vector("nosuchwordever"); ok {
		t.Error("an unknown word has a vector")
	}
	i, _ := l.Vector("river")
	sum := make([]float64, lexicon.Dim)
	l.AddVector(sum, i, 2)
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	if math.Abs(length-4) > 1e-4 {
		t.Errorf("twice a vector has length %v", math.Sqrt(length))
	}
	j, _ := l.Vector("lake")
	if got, want := l.Dot(sum, j), 2*l.Cosine(i, j); math.Abs(got-want) > 1e-4 {
		t.Errorf("the product with twice a vector is %v, want %v", got, want)
	}
}

// FuzzWord asks everything about any text at all.
func FuzzWord(f *testing.F) {
	l := open(f)
	for _, w := range []string{"", "cities", "new york", "ing", "s", "ö", "\xff", "zzzz"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, r := range l.Relatives(word) {
			if r.Word == "" || r.Weight <= 0 || r.Weight > 1 {
				t.Errorf("%q has the relative %+v", word, r)
			}
		}
		for _, lemma := range l.Lemmas(word) {
			if l.Kinds(lemma)&(lexicon.Noun|lexicon.Verb|lexicon.Adjective|lexicon.Adverb) == 0 {
				t.Errorf("the lemma %q of %q is not in WordNet", lemma, word)
			}
		}
		if r := l.Rarity(word); r < 0 || r > 1 {
			t.Errorf("Rarity(%q) = %v", word, r)
		}
		if id, ok := l.Vector(word); ok && (id < 0 || id >= l.Vectors()) {
			t.Errorf("Vector(%q) = %d", word, id)
		}
		l.IsA(word, "person")
		l.IsA("person", word)
		l.Irregular(word)
	})
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b)
	}
}

func BenchmarkRarity(b *testing.B) {
	l := open(b)
	for b.Loop() {
		l.Rarity("government")
	}
}

func BenchmarkRelatives(b *testing.B) {
	l := open(b)
	for b.Loop() {
		l.Relatives("founded")
	}
}

func BenchmarkKinds(b *testing.B) {
	l := open(b)
	for b.Loop() {
		l.Kinds("ministers")
	}
}

func BenchmarkIsA(b *testing.B) {
	l := open(b)
	for b.Loop() {
		l.IsA("violins", "disease")
	}
}

func BenchmarkVector(b *testing.B) {
	l := open(b)
	for b.Loop() {
		l.Vector("government")
	}
}

func BenchmarkCosine(b *testing.B) {
	l := open(b)
	i, _ := l.Vector("doctor")
	j, _ := l.Vector("physician")
	for b.Loop() {
		l.Cosine(i, j)
	}
}

func BenchmarkAddVector(b *testing.B) {
	l := open(b)
	i, _ := l.Vector("doctor")
	sum := make([]float64, lexicon.Dim)
	for b.Loop() {
		l.AddVector(sum, i, .5)
	}
}
