package corpus

// firstNameKind says whether a word is a first name, and of whom.
type firstNameKind uint8

const (
	noFirstName firstNameKind = iota
	maleFirstName
	femaleFirstName
	anyFirstName
)

func (k firstNameKind) gender() gender {
	switch k {
	case maleFirstName:
		return male
	case femaleFirstName:
		return female
	}
	return unknownGender
}

// firstName looks a word in lower case up among common first names, mostly of the English-speaking world.
func firstName(word string) firstNameKind {
	switch word {
	case "aaron", "abdul", "abraham", "adam", "adrian", "ahmed", "alan", "albert", "alejandro", "alexander", "alfred", "ali",
		"allen", "alberto", "andre", "andrés", "andrew", "andy", "angelo", "anthony", "antonio", "antónio", "arnold", "arthur", "barack", "barry", "ben",
		"benjamin", "bernard", "bernie", "bill", "billy", "bob", "bobby", "boris", "brad", "bradley", "brandon", "brendan", "brent", "brett", "brian",
		"bruce", "bryan", "calvin", "carl", "carlos", "chad", "charles", "charlie", "christian", "christopher", "chuck", "clarence", "claude",
		"clint", "clinton", "colin", "corey", "craig", "curtis", "cyril", "dale", "dan", "daniel", "darren", "darrell", "dave", "david", "dean", "dennis",
		"derek", "diego", "dick", "dmitry", "don", "donald", "doug", "douglas", "duncan", "dwight", "earl", "ed", "eddie", "edgar", "eduardo", "edward", "edwin", "elijah",
		"elliott", "emmanuel", "enrique", "eric", "erik", "ernest", "eugene", "evan", "felix", "fernando", "floyd", "francis", "francisco", "francois", "françois", "frank", "franklin",
		"fred", "frederick", "gary", "gavin", "gene", "geoffrey", "george", "gerald", "gerard", "giovanni", "glenn", "gordon", "graham", "greg", "gregory", "guillermo", "gustavo", "guy", "hans",
		"harold", "harry", "harvey", "hassan", "heinrich", "henry", "herbert", "herman", "howard", "hugh", "hussein", "ian", "ibrahim", "igor", "ilham", "isaac", "ivan", "jack",
		"jackson", "jacob", "jacques", "jake", "james", "jan", "jared", "jason", "javier", "jay", "jean-claude", "jeff", "jeffrey", "jeremy", "jerome", "jerry", "jesse",
		"jesus", "jim", "jimmy", "joachim", "joe", "joel", "johan", "johannes", "john", "johnny", "jon", "jonathan", "jorge", "josé", "jose", "joseph", "josh", "joshua", "juan",
		"julian", "julio", "jürgen", "justin", "karl", "keith", "keir", "ken", "kenneth", "kevin", "klaus", "kofi", "kurt", "kyle", "lance", "larry", "lars", "lawrence", "lee", "leo", "leon", "leonard", "lewis",
		"liam", "lloyd", "louis", "luis", "luke", "malcolm", "manuel", "marc", "marcel", "marco", "marcus", "mario", "mark", "martin", "marvin", "matt", "matteo", "matthew", "max", "maxim",
		"michael", "michel", "miguel", "mike", "mikhail", "milton", "mitch", "mitt", "mohamed", "mohammad", "mohammed", "muhammad", "mustafa", "nathan", "nathaniel", "neil", "nelson", "newt", "nicholas", "nick", "nicolas", "nigel", "nikol",
		"nikolai", "noah", "norman", "olaf", "oleg", "oliver", "omar", "oscar", "osama", "otto", "owen", "pablo", "patrick", "paul", "pedro", "pete", "peter", "phil", "philip", "philippe", "phillip", "pierre", "rafael", "rahm", "ralph", "rand",
		"randy", "raul", "ray", "raymond", "recep", "reince", "rex", "ricardo", "richard", "rick", "rob", "robby", "robert", "roberto", "rod", "roger", "roland", "ron", "ronald", "roy", "rudolph", "rudy", "rupert", "russell",
		"ryan", "salman", "samuel", "scott", "sean", "sergei", "sergey", "seth", "shane", "shawn", "sidney", "silvio", "simon", "stanley", "stefan", "stephen", "steve", "steven", "stuart", "ted", "terrence", "theodore", "thomas",
		"tim", "timothy", "todd", "tom", "tommy", "tony", "travis", "trevor", "tyler", "victor", "viktor", "vince", "vincent", "vitaly", "vladimir", "volodymyr", "walter", "warren", "wayne", "wesley", "will", "william", "willie", "wolfgang",
		"xavier", "xi", "yasser", "yuri", "zachary", "lindsey", "marlon", "jeb", "ahmad", "hamid", "abdullah", "kim", "tayyip", "narendra", "imran", "jamal", "malik", "darius", "lamar", "tyrone":
		return maleFirstName
	case "abigail", "ada", "adele", "aisha", "alexandra", "alexandria", "alice", "alicia", "allison", "amanda", "amber", "amelia", "amy", "ana", "andrea", "angela", "angelina", "anita", "ann",
		"anna", "anne", "annie", "april", "ashley", "audrey", "barbara", "beatrice", "becky", "bernadette", "beth", "bethany", "betsy", "betty", "beverly", "bonnie", "brenda", "bridget", "brooke", "carla", "carly", "carmen",
		"carol", "caroline", "carolyn", "catherine", "cathy", "charlotte", "chelsea", "cheryl", "christina", "christine", "cindy", "claire", "clara", "claudia", "colleen", "condoleezza", "connie", "courtney",
		"crystal", "cynthia", "danielle", "dawn", "deborah", "debbie", "debra", "denise", "diana", "diane", "dianne", "dolores", "donna", "doris", "dorothy", "edith", "eileen", "elaine", "eleanor", "elena", "elisabeth", "elizabeth",
		"ella", "ellen", "emily", "emma", "erica", "erin", "esther", "eva", "evelyn", "fatima", "fiona", "florence", "frances", "gabrielle", "gail", "georgia", "geraldine", "gina", "giorgia", "glenda", "gloria", "grace",
		"gwen", "hannah", "harriet", "heather", "helen", "heidi", "hillary", "hilary", "holly", "hope", "huma", "ida", "imelda", "indira", "ingrid", "irene", "isabel", "isabella", "ivanka", "jackie", "jacqueline", "jane", "janet", "janice",
		"jean", "jeanne", "jennifer", "jenny", "jessica", "jill", "joan", "joanna", "joanne", "josephine", "joyce", "judith", "judy", "julia", "julie", "june", "kamala", "karen", "karin", "kate", "katherine", "kathleen",
		"kathryn", "kathy", "katie", "kayleigh", "kellyanne", "kimberly", "kirsten", "kristen", "kristin", "laura", "lauren", "leah", "leila", "leslie", "lillian", "linda", "lisa", "liz", "lois", "loretta", "lori", "louise", "lucia", "lucy", "lydia", "lynn",
		"madeleine", "madonna", "margaret", "margarita", "maria", "maría", "marie", "marilyn", "marine", "marjorie", "martha", "mary", "maureen", "megan", "meghan", "melania", "melanie", "melinda", "melissa", "mercedes", "meryl", "mia", "michelle", "mildred",
		"miriam", "molly", "monica", "nadia", "nancy", "naomi", "natalia", "natalie", "natasha", "nicola", "nicole", "nikki", "nina", "nora", "norma", "olga", "olivia", "oprah", "pamela", "patricia", "patty", "paula", "pauline", "peggy", "phyllis", "priscilla",
		"rachel", "rebecca", "regina", "renee", "rita", "roberta", "robin", "rosa", "rose", "rosemary", "roxana", "ruth", "sabrina", "sally", "samantha", "sandra", "sara", "sarah", "sharon", "sheila", "sherry", "shirley", "sofia", "sonia", "sonya", "sophia", "sophie",
		"stacy", "stephanie", "sue", "susan", "susana", "suzanne", "svetlana", "sylvia", "tamara", "tammy", "tanya", "tara", "teresa", "tessa", "theresa", "tiffany", "tina", "tracy", "ursula", "valerie", "vanessa", "vera", "veronica", "victoria", "virginia", "vivian", "wanda",
		"wendy", "whitney", "yolanda", "yvonne", "zoe", "ingeborg", "angelika", "lorraine", "marsha", "maxine", "serena", "venus", "simone", "taylor", "britney", "beyoncé", "rihanna":
		return femaleFirstName
	case "alex", "jordan", "casey", "chris", "dana", "jamie", "kelly", "pat", "sam", "terry", "morgan", "cameron", "drew", "jaime", "jo", "kerry", "lindsay", "lynne", "marion", "riley", "sandy", "shannon", "sydney", "carey", "robbie", "jody", "stacey", "ariel",
		"blair", "dakota", "reese", "avery", "quinn", "rowan", "skyler", "frankie", "charley", "ashton", "kai", "tracey", "andrei", "nikita", "sasha", "yi", "wei", "li", "ming", "jun", "hiroshi", "akira", "yuki", "park", "lee-ann":
		return anyFirstName
	}
	return noFirstName
}
