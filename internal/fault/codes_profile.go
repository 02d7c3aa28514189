package fault

// The codes of profiles, the papers that say how files of one kind are read.
const (
	ProfileSyntax      Code = "profile_syntax"       // the text is not YAML as profiles are written
	ProfileTooLarge    Code = "profile_too_large"    // the text is over the bound that the detail names
	ProfileKeyUnknown  Code = "profile_key_unknown"  // a key that no profile has
	ProfileKeyRepeated Code = "profile_key_repeated" // a key stands twice
	ProfileInvalid     Code = "profile_invalid"      // a key holds something that it cannot
	UnknownProfile     Code = "unknown_profile"      // no profile has this name and version, or it is retired
	ProfileChanged     Code = "profile_changed"      // somebody else wrote the profile at the same time
	ProfileNameInvalid Code = "profile_name_invalid" // a profile cannot be called that

	ProfileVersionInvalid Code = "profile_version_invalid" // what stands behind the @ of a profile is no version
	PreconditionFailed    Code = "precondition_failed"     // what is there is not the one that If-Match or If-None-Match asks for
)
