package corpus

import (
	"unicode"
	"unicode/utf8"
)

// abbreviation says what a full stop after an abbreviation means.
type abbreviation int

const (
	none         abbreviation = iota
	neverEnds                 // a sentence never ends here: Mr. Smith
	beforeNumber              // not before a number: No. 5, Sept. 11
	mayEnd                    // ends if a word follows that is no name: Apple Inc. The …
	endsMostly                // ends before any capital but a day's or a time zone's: 5 p.m. Tickets, 5 p.m. Friday
)

// abbreviationOf looks up word, which stood before a full stop. The table has words as they are written within a sentence;
// with a capital at its beginning they are recognised too. English first, then German, French, Spanish, Italian
// and Portuguese: none of them is an ordinary word of another of these languages that often ends a sentence.
func abbreviationOf(word string) abbreviation {
	if a := abbreviationTable(word); a != none {
		return a
	}
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || hasUpper(word[size:]) {
		return none
	}
	return abbreviationTable(string(unicode.ToLower(first)) + word[size:])
}

func abbreviationTable(word string) abbreviation {
	switch word {
	case "Mr", "Mrs", "Ms", "Mx", "Dr", "MR", "MRS", "DR", "Drs", "Prof", "Messrs", "Mme", "Mmes", "Mlle", "MM", "Rev", "Fr", "Hon", "Pres",
		"Gov", "Govs", "Sen", "Sens", "Rep", "Reps", "Gen", "Lt", "Col", "Cmdr", "Capt", "Cpt", "Maj", "Sgt", "Cpl", "Pvt",
		"Adm", "Brig", "Supt", "Det", "Insp", "Atty", "Amb", "Msgr", "Mgr", "Ald", "Comdr", "Ste", "Mt", "Ft",
		"e.g", "i.e", "eg", "ie", "vs", "cf", "viz", "al", "approx", "ca", "incl", "esp", "resp", "a.k.a", "née",
		"Ph", "Hr", "Frl", "Dipl", "Ing", "Mag", "bzw", "vgl", "evtl", "ggf", "sog", "inkl", "zzgl", "geb", "gest", "Mio",
		"Mrd", "z.B", "d.h", "u.a", "o.ä", "z.T", "v.a", "i.d.R", "Bd", "Hrsg", "ehem", "gegr",
		"Sr", "Sra", "Srta", "Sres", "Dra", "Ud", "Uds", "Vd", "Vds", "EE", "p.ej", "p.ex", "Exmo", "Exma", "Ilmo",
		"sig", "Sig", "dott", "Dott", "avv", "ing", "cfr", "env", "av":
		return neverEnds
	case "No", "Nos", "Nr", "Fig", "Figs", "fig", "figs", "Vol", "Vols", "vol", "vols", "pp", "pg", "ch", "Ch", "chap", "Chap",
		"Art", "art", "Arts", "Sec", "sec", "Eq", "eq", "eds", "Op", "op", "est", "Ver", "ver", "Abs", "Kap", "Tab", "tab",
		"cap", "núm", "pág", "págs", "pag", "pagg", "n", "nº", "Rm", "Apt", "Ext", "ext",
		"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Okt", "Nov", "Dec", "Dez",
		"Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun",
		"Cor", "Gal", "Eph", "Phil", "Thess", "Heb", "Matt", "Deut", "Ps", "Prov", "Isa", "Jer", "Ezek", "KV", "BWV":
		return beforeNumber
	case "tsp", "tbsp", "oz", "lb", "lbs", "St", "Inc", "Corp", "Co", "Cos", "Ltd", "Bros", "Mfg", "Jr", "Ave", "Blvd", "Rd", "Hwy", "Dept", "Univ", "Assn",
		"Ph.D", "M.D", "Esq", "Ed", "ed", "Intl", "Natl", "Cie", "UU", "Str", "Jh", "Chr", "J.-C", "Govt", "Gov't",
		"Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass",
		"Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wash",
		"Wis", "Wyo", "Ont", "Que", "Alta":
		return mayEnd
	case "a.m", "p.m", "am", "pm", "etc", "usw", "ecc", "A.D", "B.C", "C.E", "B.C.E":
		return endsMostly
	}
	return none
}

// startsSentence reports whether word, written with a capital, is more likely the beginning of a sentence than part of a
// name: it belongs to the closed classes of a language, such as articles and pronouns.
func startsSentence(word string) bool {
	switch word {
	case "The", "A", "An", "This", "That", "These", "Those", "There", "Here", "He", "She", "It", "They", "We", "You", "His",
		"Her", "Its", "Their", "Our", "My", "Your", "I", "In", "On", "At", "By", "For", "From", "With", "Without", "Within",
		"After", "Before", "Since", "Until", "During", "Under", "Over", "Between", "Among", "Through", "Throughout", "To",
		"Of", "As", "If", "When", "While", "Where", "Whether", "Although", "Though", "Because", "Despite", "Unlike", "Like",
		"However", "Besides", "Due", "But", "And", "Or", "Nor", "So", "Yet", "Then", "Thus", "Also", "Both", "Each", "Every", "Some", "Many",
		"Most", "Several", "Other", "Others", "Another", "Such", "All", "Any", "No", "Not", "None", "Only", "Even", "Just",
		"What", "Who", "Why", "How", "Which", "Whose", "According", "Once", "Now", "Today", "Later", "Instead", "Meanwhile",
		"Moreover", "Furthermore", "Nevertheless", "Additionally", "Finally", "Currently", "Recently", "Perhaps", "Is", "Are",
		"Was", "Were", "Do", "Does", "Did", "Can", "Could", "Will", "Would", "Should", "Has", "Have", "Had", "Following",
		"One", "Two", "Three", "About", "Around", "Along", "Against", "Apart", "Based", "Together", "Next", "Let":
		return true
	case "Der", "Die", "Dem", "Den", "Ein", "Eine", "Er", "Sie", "Es", "Wir", "Ich", "Im", "Am", "Auf", "Aus", "Bei", "Mit",
		"Nach", "Seit", "Für", "Und", "Aber", "Auch", "Als", "Wenn", "Wie", "Dies", "Diese", "Dieser", "Dieses":
		return true
	case "Les", "Une", "Ils", "Elle", "Elles", "Nous", "Vous", "Ce", "Cette", "Ces", "Cet", "Dans", "Pour", "Mais", "Et",
		"Avec", "Selon", "Après", "Depuis", "En", "Aux", "Son", "Sa", "Ses":
		return true
	case "Una", "Ella", "Ellos", "Pero", "Según", "Por", "Para", "Con", "Desde", "Su", "Sus", "Este", "Esta", "Estos",
		"Gli", "Uno", "Nel", "Nella", "Questo", "Questa", "Anche", "Ma", "Per",
		"Um", "Uma", "Ele", "Ela", "Eles", "Mas", "Não", "Com", "Os":
		return true
	}
	return false
}

// isNameParticle reports whether word is an article of a Romance language or German, which also stands in names: after
// initials it goes on with the name (R. La Follette), after other abbreviations it begins a sentence.
func isNameParticle(word string) bool {
	switch word {
	case "La", "Le", "El", "Los", "Las", "Il", "Lo", "Das", "Un", "Des", "De", "O":
		return true
	}
	return false
}

// followsTime reports whether word goes on after "5 p.m.": a day, a month or a time zone.
func followsTime(word string) bool {
	switch word {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March",
		"April", "May", "June", "July", "August", "September", "October", "November", "December",
		"ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "GMT", "UTC", "BST", "CET", "CEST",
		"Eastern", "Central", "Pacific", "Mountain", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// followsOrdinal reports whether word goes on after a German ordinal number, as in 3. Oktober.
func followsOrdinal(word string) bool {
	switch word {
	case "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
		"Dezember", "Jahrhundert", "Jahrhunderts", "Jahrestag", "Geburtstag", "Platz", "Klasse", "Mal":
		return true
	}
	return false
}
