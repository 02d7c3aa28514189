package fault

// The codes of HTTP requests.
const (
	UnknownParameter     Code = "unknown_parameter"      // the route takes no parameter of this name
	RepeatedParameter    Code = "repeated_parameter"     // a parameter that takes one value came more than once
	EmptyParameter       Code = "empty_parameter"        // a parameter came without a value
	InvalidParameter     Code = "invalid_parameter"      // the value is not one that the parameter takes
	MissingParameter     Code = "missing_parameter"      // a parameter that is needed did not come
	ParameterConflict    Code = "parameter_conflict"     // two parameters that exclude each other came together
	MalformedRequest     Code = "malformed_request"      // the request is not HTTP: its path has a bad escape, or a header is broken
	HeaderTooLarge       Code = "header_too_large"       // the headers of the request are over the limit
	MalformedPath        Code = "malformed_path"         // a part of the path is not text in UTF-8
	MalformedQuery       Code = "malformed_query"        // the query string is not percent-encoded text
	MalformedBody        Code = "malformed_body"         // the body cannot be read as what it says it is
	UnknownPath          Code = "unknown_path"           // nothing is served at this path
	MethodNotAllowed     Code = "method_not_allowed"     // the path is there and does not take this method
	NotAcceptableFormat  Code = "not_acceptable"         // none of the accepted formats can be given
	UnsupportedMediaType Code = "unsupported_media_type" // the body is of a media type that is not read
	BodyTooLarge         Code = "body_too_large"         // the body is over the limit that the detail names
	BodyInterrupted      Code = "body_interrupted"       // the body ended before it was whole
	BodyTimeout          Code = "body_timeout"           // the body did not come whole in the time that a request may take
	AnswerTooLarge       Code = "answer_too_large"       // more rows than one answer may have; the detail has their number
	KeyMissing           Code = "key_missing"            // this needs a key and none came
	RoleTooSmall         Code = "role_too_small"         // the key is good and its role does not allow this
	CrossSiteRequest     Code = "cross_site_request"     // a browser sent a stored password from another site
	RateLimited          Code = "rate_limited"           // too many requests; Retry-After says when to go on
	UnknownKey           Code = "unknown_key"            // no key has this id
	NotReady             Code = "not_ready"              // the database does not answer
	DeadlineExceeded     Code = "deadline_exceeded"      // the answer took longer than the service allows
)
