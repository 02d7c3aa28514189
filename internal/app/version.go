package app

// Version is the release of this source. CHANGELOG.md says what it brought.
const Version = "0.1.0"
