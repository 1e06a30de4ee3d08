package main

// A part of the ranking is left out by the names of its features.
var parts = []struct {
	name     string
	features []string
}{
	{"nothing", nil},
	{"answer types and cues", []string{" and "}},
	{"position in the article", []string{"position", "first "}},
	{"paragraph", []string{"paragraph"}},
	{"neighbouring sentences", []string{"in the sentence", "two sentences before", "refers back", "window coverage"}},
	{"pairs and runs of words", []string{"ordered pairs", "pairs in other words", "longest run"}},
	{"how it is said", []string{"modal verb", "denies what", "by whom", "defines", "several of", "somebody does"}},
	{"words as they are written", []string{"as written", "starts alike"}},
	{"related words (WordNet)", []string{"related"}},
	{"similar words (vectors)", []string{"similar"}},
	{"meaning of question and sentence (vectors)", []string{"affinity"}},
	{"all meaning beyond words", []string{"related", "similar", "affinity", "shared prefix"}},
	{"the conversation", []string{"follow-up"}},
}

// ablate prints what each part is worth: P@1 and MRR@10 by cross-validation with the part left out.
func ablate(questions []question, folds int, fresh func(without []string) *fitter) {
	for _, p := range parts {
		f := fresh(p.features)
		report("without "+p.name, questions, f.cross(questions, folds))
	}
}
