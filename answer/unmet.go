package answer

import "strings"

// unmet is what of a question its best candidate leaves unmet: names swapped for others, words turned to their opposite, an
// attribute that the article never gives. All are shares or truths, 0..1.
type unmet struct {
	names, namesAround float64 // share of the question's names that the sentence, and its paragraph, lack
	numbers            float64 // share of its numbers that the sentence lacks
	negation           float64 // the question denies, the sentence does not
	heaviest           float64 // the weight of the heaviest term that nothing around has, against the heaviest of all
	focus, focusAround float64 // what is asked for ("population") is not in the article, nor around the sentence
	others             float64 // share of the terms that are no names which the article has
	paragraph          float64 // share of the terms that the paragraph has
	opposite           float64 // a missing term has a close but unrelated word in the sentence
	age                float64 // an age is asked for, and the sentence has none
}

func newUnmet(v *view) unmet {
	var u unmet
	article := v.articleTerms(v.s.Article) | v.titleTerms
	around := v.ms.exact | v.nearExact(-1) | v.nearExact(1) | v.titleTerms
	var names, numbers, others, all, heaviest, missing float64
	for i, t := range v.q.terms[:v.base] {
		bit := uint64(1) << i
		all += t.idf
		heaviest = max(heaviest, t.idf)
		lacking := t.idf * truth(v.ms.exact&bit == 0)
		lackingAround := t.idf * truth((v.paragraph|v.titleTerms)&bit == 0)
		u.paragraph += t.idf - lackingAround
		switch {
		case t.name:
			names += t.idf
			u.names += lacking
			u.namesAround += lackingAround
		case t.number:
			numbers += t.idf
			u.numbers += lacking
		default:
			others += t.idf
			u.others += t.idf * max(truth(article&bit != 0), v.foundOtherwise(i))
		}
		if around&bit == 0 && v.ms.related[i] < 0.3 && v.ms.soft[i] < 0.55 {
			missing = max(missing, t.idf)
		}
		if t.focus {
			u.focus = truth(article&bit == 0) * (1 - v.foundOtherwise(i))
			u.focusAround = truth(around&bit == 0 && v.ms.related[i] < 0.3)
		}
		if !t.name && v.ms.exact&bit == 0 && v.ms.soft[i] > 0.6 && v.ms.related[i] < 0.2 {
			u.opposite = 1
		}
	}
	divide := func(x *float64, by float64) {
		if by > 0 {
			*x /= by
		}
	}
	divide(&u.names, names)
	divide(&u.namesAround, names)
	divide(&u.numbers, numbers)
	if others == 0 {
		u.others, others = 1, 1
	}
	divide(&u.others, others)
	divide(&u.paragraph, all)
	u.heaviest = missing
	divide(&u.heaviest, heaviest)
	u.negation = truth(denies(v.q.text) && !denies(v.s.Text))
	u.age = truth(asksAge(v.q) && !givesAge(v.s.Text))
	return u
}

// denies reports whether a text has a word of negation.
func denies(text string) bool {
	for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(text, "’", "'"))) {
		switch word = strings.Trim(word, ".,;:?!\"“”()"); word {
		case "not", "never", "no", "without", "cannot", "none", "neither", "nor", "nobody", "nothing", "except", "fail", "failed", "least", "unable":
			return true
		}
		if strings.HasSuffix(word, "n't") {
			return true
		}
	}
	return false
}

func asksAge(q *question) bool {
	for i, w := range q.asking {
		if w == "how" && i == 0 && strings.Contains(strings.ToLower(q.text), "how old") {
			return true
		}
	}
	return false
}

// givesAge reports whether a text tells how old somebody or something is.
func givesAge(text string) bool {
	lower := strings.ToLower(text)
	for _, sign := range [...]string{"year-old", "years old", "aged", "years of age", "months old", "month-old", "years", "turned", "birthday", ", 1", ", 2", ", 3",
		", 4", ", 5", ", 6", ", 7", ", 8", ", 9", "century", "born"} {
		if strings.Contains(lower, sign) {
			return true
		}
	}
	return false
}
