package answer

import "strings"

// aspect is what a question asks for more exactly than its kind, where its words tell: of how much, money or an age.
type aspect uint8

const (
	aspectNone     aspect = iota
	aspectMoney           // how much does it cost
	aspectAge             // how old
	aspectDuration        // how long, how many years
	aspectShare           // what percentage
	aspectDay             // what day, what date
	aspectYear            // what year
	aspectClock           // at what time
	aspectName            // what is its name, what is it called
	aspectWhoIs           // who is she: a description
	aspectCompany         // which company, what team
	aspectCountry         // which country
	aspectCount           // what is its population
	aspects               // how many aspects there are
)

func (a aspect) String() string {
	return [...]string{"nothing", "money", "an age", "a duration", "a share", "a day", "a year", "a time of day", "a name", "a description",
		"a company", "a country", "a count"}[a]
}

// aspectOf reads it from a question's words in lower case.
func aspectOf(words []string) aspect {
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch w {
		case "how":
			if a := aspectOfHow(next, words[i+1:]); a != aspectNone {
				return a
			}
		case "what", "which":
			if a := aspectOfNoun(next); a != aspectNone {
				return a
			}
		case "name", "names", "named", "called":
			return aspectName
		case "who", "who's":
			if n := len(words) - i; (w == "who's" || copula(next)) && n <= 4 {
				return aspectWhoIs
			}
		case "age", "price", "cost", "percentage", "salary", "population":
			return aspectOfNoun(w)
		}
	}
	return aspectNone
}

func aspectOfHow(next string, rest []string) aspect {
	switch next {
	case "old", "young":
		return aspectAge
	case "long":
		return aspectDuration
	case "much":
		for _, w := range rest {
			switch w {
			case "money", "cost", "costs", "pay", "paid", "worth", "earn", "earned", "raise", "raised", "spend", "spent", "sell", "sold", "charge", "price":
				return aspectMoney
			}
		}
	case "many":
		if len(rest) > 1 && durationWord(rest[1]) {
			return aspectDuration
		}
	}
	return aspectNone
}

func aspectOfNoun(noun string) aspect {
	switch strings.TrimSuffix(noun, "s") {
	case "day", "date":
		return aspectDay
	case "year":
		return aspectYear
	case "time":
		return aspectClock
	case "price", "cost", "salary", "fee", "fine":
		return aspectMoney
	case "age":
		return aspectAge
	case "percentage", "percent":
		return aspectShare
	case "population", "number", "amount", "total":
		return aspectCount
	case "company", "companie", "team", "organization", "organisation", "group", "agency", "agencie", "network", "band", "club", "university",
		"party", "newspaper", "airline", "firm", "bank":
		return aspectCompany
	case "country", "countrie", "nation", "state", "city", "citie", "town":
		return aspectCountry
	}
	return aspectNone
}

// wants reports whether a mention is of the type that a question asks for: what its aspect tells goes before its kind.
func (q *question) wants(m mentionKind) bool {
	switch q.aspect {
	case aspectMoney:
		return m == mentionMoney
	case aspectAge:
		return m == mentionNumber || m == mentionDuration
	case aspectDuration:
		return m == mentionDuration
	case aspectShare:
		return m == mentionPercent
	case aspectCount:
		return m == mentionNumber || m == mentionPercent
	case aspectDay, aspectClock:
		return m == mentionDate
	case aspectYear:
		return m == mentionYear || m == mentionDate
	case aspectCompany, aspectCountry:
		return m.naming()
	}
	return q.kind.expects(m)
}

// wantsMention reports whether it asks for something that a mention can be.
func (q *question) wantsMention() bool {
	switch q.aspect {
	case aspectNone, aspectName, aspectWhoIs:
		return q.kind.expectsMention()
	}
	return true
}
