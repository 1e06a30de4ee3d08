package corpus

import "strings"

// Small tables of English words, written by hand. Each is a function of a lower-case word; words of other languages are
// in none of them, but for the cues.

// gender is what is known about the pronoun of a person.
type gender uint8

const (
	unknownGender gender = iota
	male
	female
)

// isCue reports whether word is a form of a verb with which speech is reported, before or after a whole quotation.
func isCue(word string) bool {
	switch word {
	case "said", "says", "say", "saying",
		"told", "tells", "tell", "telling",
		"wrote", "writes", "write", "writing", "written",
		"added", "adds", "add", "adding",
		"tweeted", "tweets", "tweeting", "retweeted", "posted", "posts", "posting", "texted", "emailed", "blogged",
		"asked", "asks", "ask", "asking",
		"replied", "replies", "replying", "responded", "responds", "responding", "answered", "answers", "answering",
		"continued", "continues", "continuing", "concluded", "concludes", "concluding",
		"declared", "declares", "declaring", "announced", "announces", "announcing",
		"explained", "explains", "explaining", "recalled", "recalls", "recalling", "remembered",
		"read", "reads", "reading",
		"noted", "notes", "noting", "observed", "observes", "remarked", "remarks", "commented", "comments",
		"argued", "argues", "arguing", "insisted", "insists", "insisting", "claimed", "claims", "claiming",
		"stated", "states", "stating", "testified", "testifies", "testifying", "quipped", "quips", "joked", "jokes", "joking",
		"warned", "warns", "warning", "predicted", "predicts", "predicting", "admitted", "admits", "admitting",
		"acknowledged", "acknowledges", "acknowledging", "conceded", "concedes", "conceding", "confirmed", "confirms",
		"shouted", "shouts", "shouting", "yelled", "yells", "yelling", "screamed", "screaming", "cried", "cries",
		"exclaimed", "whispered", "muttered", "chanted", "chanting", "sang", "thundered", "bellowed",
		"countered", "retorted", "fired", "interjected", "interrupted", "mused", "muses", "sighed", "laughed",
		"reported", "reports", "reporting", "suggested", "suggests", "suggesting", "complained", "complains", "complaining",
		"vowed", "vows", "vowing", "pledged", "pledges", "pledging", "promised", "promises", "promising",
		"urged", "urges", "urging", "boasted", "boasts", "boasting", "bragged", "lamented", "laments", "lamenting",
		"asserted", "asserts", "asserting", "maintained", "maintains", "contended", "contends", "contending",
		"believes", "believed", "thought", "thinks", "wondered", "wonders", "demanded", "demands", "demanding",
		"proclaimed", "proclaims", "proclaiming", "repeated", "repeats", "repeating", "reiterated", "stressed", "stresses",
		"emphasized", "emphasised", "cautioned", "cautions", "joined", "offered", "offers", "began",
		"begins", "opined", "chimed", "sighs", "tweet", "argue", "warn", "claim", "insist", "suggest", "announce", "declare", "explain", "note", "urge", "vow", "promise", "charged", "charges", "alleged", "alleges", "agreed", "agrees", "reflected", "reflects":
		return true
	}
	return isForeignCue(word)
}

// isForeignCue reports whether word is a verb of saying in German, French or Spanish.
func isForeignCue(word string) bool {
	switch word {
	case "sagte", "erklärte", "betonte", "meinte", "fragte", "antwortete", "schrieb", "forderte", "kritisierte", "warnte", "gesagt",
		"déclaré", "affirmé", "expliqué", "ajouté", "écrit", "estimé", "assuré", "lancé", "dit", "déclare", "affirme", "explique", "ajoute",
		"dijo", "afirmó", "aseguró", "explicó", "añadió", "señaló", "declaró", "preguntó", "respondió", "escribió":
		return true
	}
	return false
}

// isForeignAuxiliary reports whether word goes before a participle of isForeignCue.
func isForeignAuxiliary(word string) bool {
	return word == "a" || word == "avait" || word == "ont" || word == "hat" || word == "ha"
}

// isLooseCue reports whether word is a form of a verb that brings in a fragment of somebody's words (criticized her for
// doing “…”), but that is no sign of speech by itself.
func isLooseCue(word string) bool {
	switch word {
	case "called", "calls", "call", "calling", "described", "describes", "describing", "dubbed", "labeled", "labelled",
		"labeling", "branded", "termed", "characterized", "characterised", "characterizing",
		"criticized", "criticised", "criticizes", "criticizing", "criticising", "accused", "accuses", "accusing",
		"blasted", "blasts", "blasting", "slammed", "slams", "slamming", "attacked", "attacks", "attacking",
		"denounced", "denounces", "denouncing", "condemned", "condemns", "condemning", "mocked", "mocks", "mocking",
		"praised", "praises", "praising", "hailed", "hails", "hailing", "dismissed", "dismisses", "dismissing",
		"rejected", "rejects", "rejecting", "blamed", "blames", "blaming", "lauded", "thanked", "thanks", "thanking",
		"bemoaned", "decried", "decries", "decrying", "derided", "ridiculed", "chided", "scolded", "rebuked", "taunted",
		"apologized", "apologised", "apologizing", "complimented", "congratulated", "cited", "cites", "citing",
		"quoted", "quotes", "quoting", "referred", "refers", "referring",
		"encouraged", "encourages", "encouraging", "ordered", "orders", "directed", "advised", "advises", "advising",
		"instructed", "requested", "begged", "implored", "challenged", "challenges", "challenging", "invited", "dared",
		"threatened", "threatens", "threatening", "implores", "exhorted", "exhorts", "expressed", "expresses", "expressing", "voiced", "outlined",
		"mentioned", "mentions", "mentioning", "spoke", "speaks", "speaking", "talked", "talks", "talking", "touted", "touts",
		"sees", "saw", "considers", "considered", "deemed", "feared", "fears", "hoped", "hopes", "felt", "feels",
		"wants", "wanted", "denied", "denies", "denying", "assured", "assures", "assuring", "credited", "defended", "defends",
		"lambasted", "describe", "accuse", "criticize", "denounce", "blast", "ripped", "proposed", "proposes", "proposing", "advocated", "advocates", "pressed", "pointed", "points", "pointing":
		return true
	}
	return false
}

// isNounToo reports whether a cue is as often a noun, so that it needs somebody right before it: late-night tweets.
func isNounToo(word string) bool {
	switch word {
	case "tweets", "posts", "comments", "charges", "answers", "demands", "states", "fires", "reports", "notes", "claims", "offers",
		"remarks", "calls", "points", "finds", "attacks", "orders", "challenges", "hopes", "fears", "talks", "quotes":
		return true
	}
	return false
}

// isAdjacentCue reports whether a cue says how somebody speaks, rather than what, and so stands next to the words.
func isAdjacentCue(word string) bool {
	switch word {
	case "continued", "continues", "continuing", "began", "begins", "joined", "offered", "offers", "fired", "read", "reads", "reading",
		"sang", "shouted", "shouts", "shouting", "yelled", "screamed", "laughed", "sighed", "repeated", "repeats", "replied", "replies",
		"responded", "responds", "answered", "answers", "interrupted", "reflected", "reflects", "chanted",
		"cried", "posted", "posts", "posting", "writing", "demanded", "demands", "found", "finds", "complained", "complains":
		return true
	}
	return false
}

// isInfinitive reports whether a cue is in a form that takes "to", or a plural subject.
func isInfinitive(word string) bool {
	switch word {
	case "say", "tell", "write", "tweet", "argue", "add", "ask", "warn", "claim", "insist", "suggest", "announce", "declare", "explain",
		"call", "describe", "note", "accuse", "criticize", "denounce", "blast", "promise", "vow", "urge":
		return true
	}
	return false
}

// isPlural reports whether word may be a plural subject.
func isPlural(word string) bool {
	switch word {
	case "they", "we", "i", "you", "people", "some", "many", "others", "who", "men", "women", "also":
		return true
	case "is", "was", "has", "does", "this", "as", "us", "always":
		return false
	}
	return len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "wards")
}

func isModal(word string) bool {
	switch word {
	case "would", "will", "could", "should", "may", "might", "can", "did", "must":
		return true
	}
	return false
}

// isNegation reports whether word denies the cue after it.
func isNegation(word string) bool {
	return word == "not" || word == "never" || strings.HasSuffix(word, "n't") || strings.HasSuffix(word, "n’t")
}

// isTime reports whether word is a noun of time: this year.
func isTime(word string) bool {
	switch word {
	case "year", "years", "month", "months", "week", "weeks", "day", "days", "morning", "afternoon", "evening", "night", "time", "hour",
		"hours", "minutes", "ago", "today", "weekend":
		return true
	}
	return false
}

// isAuxiliary reports whether word may stand between a subject and its cue: has also repeatedly said.
func isAuxiliary(word string) bool {
	switch word {
	case "has", "had", "have", "also", "then", "later", "once", "again", "now", "often", "still", "just", "even", "never",
		"always", "first", "further", "would", "will", "could", "did", "does", "soon", "earlier", "since", "himself",
		"herself", "themselves", "both", "all", "went", "on", "to", "quoted", "as", "was", "is", "been", "be", "being",
		"going", "goes", "used", "continued", "reportedly", "too", "only", "ever", "already", "not", "instead", "simply",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "am", "were", "are":
		return true
	}
	switch word {
	case "family", "italy", "july", "ally", "rally", "assembly", "supply", "reply", "bully", "monopoly", "anomaly":
		return false
	}
	return len(word) > 4 && strings.HasSuffix(word, "ly")
}

// isPassive reports whether a cue after word is not what the subject does: was told, being asked.
func isPassive(word string) bool {
	switch word {
	case "was", "were", "is", "are", "been", "being", "be", "got", "get", "when", "if", "as", "am":
		return true
	}
	return false
}

// isDeterminer reports whether word begins a noun phrase.
func isDeterminer(word string) bool {
	switch word {
	case "a", "an", "the", "his", "her", "their", "its", "my", "our", "your", "this", "that", "these", "those",
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "another", "other", "some", "many",
		"several", "both", "most", "all", "few", "each", "every", "any", "no", "more", "half", "dozens", "hundreds":
		return true
	}
	return false
}

// isPronoun reports whether word is a pronoun that can be the subject of a cue.
func isPronoun(word string) bool {
	switch word {
	case "he", "she", "they", "it", "we", "i", "you", "who", "one", "others", "some", "many", "another", "nobody", "everyone",
		"someone", "somebody", "everybody", "both":
		return true
	}
	return false
}

// isPreposition reports whether word ends the core of a noun phrase: a spokesman for the campaign.
func isPreposition(word string) bool {
	switch word {
	case "of", "for", "at", "from", "in", "with", "to", "on", "near", "about", "against", "by", "under", "over", "into",
		"during", "after", "before", "between", "among", "within", "outside", "behind", "around", "across", "through", "via",
		"since", "until", "without", "toward", "towards", "upon", "regarding", "inside", "alongside", "amid", "despite":
		return true
	}
	return false
}

// isContraction reports whether word is a pronoun or verb with what is left of the next: it's, don't.
func isContraction(word string) bool {
	stem, _, ok := strings.Cut(strings.ReplaceAll(word, "’", "'"), "'")
	return ok && (isPronoun(stem) || contracts(stem) || strings.HasSuffix(stem, "n") && isNegation(word))
}

// isLink reports whether word joins or opens a clause, so that no noun phrase goes across it.
func isLink(word string) bool {
	switch word {
	case "and", "or", "but", "nor", "that", "because", "when", "while", "if", "as", "whether", "though", "although", "than",
		"which", "who", "whom", "whose", "where", "what", "how", "why", "so", "yet", "once", "unless", "whereas", "like",
		"not", "is", "was", "were", "are", "be", "been", "being", "has", "had", "have", "does", "did", "do", "will", "would",
		"can", "could", "should", "may", "might", "must", "am", "there", "here", "then", "later", "also", "just", "even", "only",
		"too", "per", "to", "plus", "let", "please", "yes", "such":
		return true
	}
	return false
}

// isPlain reports whether a capitalised word is no part of a name when it begins a sentence.
func isPlain(word string) bool {
	if firstName(word) != noFirstName {
		return false
	}
	if isDeterminer(word) || isPronoun(word) || isPreposition(word) || isLink(word) || isAuxiliary(word) || isDate(word) {
		return true
	}
	switch word {
	case "according", "asked", "him", "me", "us", "them", "said", "says", "speaking", "meanwhile", "however", "moreover",
		"furthermore", "nevertheless", "indeed", "perhaps", "maybe", "today", "yesterday", "tomorrow", "back", "well",
		"oh", "ok", "okay", "last", "next", "much", "little", "very", "clearly", "such", "same", "own", "thus", "hence",
		"following", "based", "given", "asking", "responding", "reached", "pressed", "writing", "adding", "noting", "citing",
		"former", "late", "longtime", "senior", "meantime", "overall", "together", "twice", "thirty", "twenty", "hundred",
		"news", "breaking", "exclusive", "update", "updated", "read", "watch", "photo", "video", "image", "editor":
		return true
	}
	return false
}

// isDate reports whether word is a day or a month.
func isDate(word string) bool {
	switch strings.TrimSuffix(word, ".") {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec":
		return true
	}
	return false
}

// isParticle reports whether word may stand inside a name in lower case.
func isParticle(word string) bool {
	switch word {
	case "de", "del", "della", "di", "da", "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "bin", "ibn", "al", "el", "y", "zu":
		return true
	}
	return false
}

// honorific reports whether word is a form of address, and whose.
func honorific(word string) (gender, bool) {
	switch strings.TrimSuffix(word, ".") {
	case "mr", "sir", "lord", "monsieur", "herr", "señor", "father", "brother", "congressman", "councilman", "chairman", "spokesman",
		"businessman", "king", "prince", "mister":
		return male, true
	case "mrs", "ms", "miss", "lady", "dame", "madame", "mme", "frau", "señora", "sister", "congresswoman", "councilwoman",
		"chairwoman", "spokeswoman", "businesswoman", "queen", "princess", "madam":
		return female, true
	case "dr", "prof", "professor", "rev", "reverend", "hon", "monsignor", "rabbi", "imam", "bishop", "archbishop", "cardinal", "pastor", "judge",
		"justice", "saint", "pope":
		return unknownGender, true
	}
	return unknownGender, false
}

// isTitle reports whether word, capitalised before a name, says what the person is.
func isTitle(word string) bool {
	if _, ok := honorific(word); ok {
		return true
	}
	switch strings.TrimSuffix(word, ".") {
	case "president", "president-elect", "minister", "chancellor", "premier", "senator", "sen", "sens", "rep", "reps", "representative",
		"representatives", "gov", "govs", "governor", "lt", "mayor", "secretary", "attorney", "general", "gen", "colonel", "col", "captain", "capt",
		"major", "maj", "sergeant", "sgt", "lieutenant", "admiral", "adm", "commander", "cmdr", "corporal", "private", "pvt",
		"officer", "detective", "sheriff", "deputy", "chief", "director", "chair", "chairperson", "ceo", "cfo", "coo", "speaker",
		"leader", "whip", "ambassador", "envoy", "commissioner", "councillor", "spokesperson", "manager", "adviser", "advisor",
		"strategist", "consultant", "analyst", "coach", "editor", "reporter", "correspondent", "host", "anchor", "author",
		"actor", "actress", "singer", "democrat", "democrats", "republican", "republicans", "libertarian", "democratic", "nominee", "candidate",
		"coordinator", "administrator", "superintendent", "principal", "dean", "provost", "treasurer", "vice", "prime",
		"vice-president", "co-chair", "undersecretary", "del", "supt", "assemblyman", "assemblywoman", "alderman",
		"magistrate", "inspector", "agent", "special", "prosecutor", "mp", "mep", "columnist", "assistant", "secretary-general", "pm",
		"bundeskanzler", "bundeskanzlerin", "kanzler", "kanzlerin", "präsident", "präsidentin", "ministerin", "président", "présidente",
		"ministre", "maire", "bürgermeister", "bürgermeisterin", "presidente", "presidenta", "ministro", "ministra", "constable", "marshal", "emperor", "sultan", "sheikh", "ayatollah", "crown", "first", "former",
		"state", "staff", "defense", "defence", "treasury", "homeland", "security", "foreign", "finance", "interior", "labor":
		return true
	}
	return false
}

// staysWithName reports whether a title is how somebody is known who goes by one name: Pope Francis.
func staysWithName(word string) bool {
	switch word {
	case "pope", "king", "queen", "prince", "princess", "saint", "sultan", "emperor":
		return true
	}
	return false
}

// isOrganisation reports whether a name that ends with word is not a person's.
func isOrganisation(word string) bool {
	switch word {
	case "party", "committee", "council", "panel", "ministry", "authority", "board", "university", "college", "institute", "school", "company", "inc", "corp", "co", "group",
		"foundation", "association", "union", "federation", "organization", "organisation", "department", "agency", "office",
		"bureau", "administration", "commission", "court", "house", "senate", "congress", "parliament", "times", "post", "journal",
		"news", "press", "herald", "tribune", "magazine", "street", "avenue", "center", "centre", "bank", "fund", "league", "team",
		"campaign", "project", "service", "services", "society", "states", "kingdom", "tower", "hotel", "service's", "media",
		"network", "network's", "church", "hospital", "museum", "library", "airport", "city", "county", "state", "island", "islands",
		"river", "lake", "act", "plan", "bill", "treaty", "accord", "agreement", "partnership", "constitution", "supreme",
		"charlotte", "florence", "paris", "sydney", "jordan", "lincoln", "america", "american", "americans", "china", "russia", "france", "germany", "britain", "england", "israel", "iran", "iraq",
		"mexico", "canada", "europe", "washington", "york", "florida", "texas", "california", "ohio", "pennsylvania", "michigan",
		"carolina", "virginia", "georgia", "iowa", "hampshire", "jersey", "day", "week", "social", "twitter", "facebook", "google":
		return true
	}
	return false
}

// isBearer reports whether word is something that words stand on: a sign that reads “…” has no speaker.
func isBearer(word string) bool {
	switch word {
	case "sign", "signs", "banner", "banners", "placard", "placards", "poster", "posters", "shirt", "shirts", "t-shirt", "t-shirts",
		"hat", "hats", "cap", "button", "buttons", "sticker", "stickers", "headline", "headlines", "caption", "plaque", "billboard",
		"chyron", "label", "ad", "sticker's", "poster's", "mug", "tattoo", "graffiti", "inscription", "badge", "flag", "flags":
		return true
	}
	return false
}

// isMessage reports whether word is something in which its author speaks: a tweet that read “…”.
func isMessage(word string) bool {
	switch word {
	case "tweet", "tweets", "statement", "email", "e-mail", "letter", "post", "message", "note", "memo", "op-ed", "essay", "column",
		"speech", "interview", "remarks", "blog", "text", "release", "address":
		return true
	}
	return false
}

// isRoleNoun reports whether word is a noun that a name before it often describes.
func isRoleNoun(word string) bool {
	switch word {
	case "campaign", "spokesman", "spokeswoman", "spokesperson", "aide", "aides", "adviser", "advisers", "advisor", "advisors", "official",
		"officials", "supporter", "supporters", "surrogate", "surrogates", "consultant", "team", "administration", "manager", "ally", "allies",
		"lawyer", "lawyers", "attorney", "voter", "voters", "executive", "executives", "reporter", "correspondent", "editor", "rally", "speech":
		return true
	}
	return false
}

// isPlainFunction reports whether word cannot be the last of a noun phrase.
func isPlainFunction(word string) bool {
	return isLink(word) || isPreposition(word) || isAuxiliary(word) || isDeterminer(word) && word != "one" && word != "others" || word == "him" || word == "her" || word == "them" || word == "me" || word == "us"
}
