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
		return calibration{temperature: 1.3, offset: -0.02, refuse: 0.57, answer: 0.48}
	}
	return calibration{temperature: 1.39, offset: -0.83, refuse: 0.58, answer: 0.36}
}
