// Package papers keeps the written papers of the project true: their commands
// and requests are ones that there are, their sessions print what stands in
// them, every setting is documented, every link leads somewhere. It holds
// tests only, and owns no paper.
package papers
