package answer

// calibration turns the reader's log-odds into probabilities, and these into verdicts.
type calibration struct {
	temperature float64 // log-odds are divided by it
	offset      float64 // and this is added
	refuse      float64 // below this probability that the articles answer, an answer is refused
	answer      float64 // from this probability that the passages shown answer, they are called the answer
}

// calibrationOf is the calibration for questions to one article, or to a library of several. It is fitted on questions as
// people ask them, by `go run ./eval/calibrate`; docs/ranking.md has the figures.
func calibrationOf(oneArticle bool) calibration {
	if oneArticle {
		return calibration{temperature: 0.95, offset: -0.48, refuse: 0.54, answer: 0.42}
	}
	return calibration{temperature: 1, offset: -1.46, refuse: 0.52, answer: 0.40}
}
