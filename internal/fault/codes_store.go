package fault

// The codes of the database.
const (
	DatabaseInvalid      Code = "database_invalid"       // the setting names no database that can be opened
	DatabaseNotCreated   Code = "database_not_created"   // there is no database at the place that is named
	DatabaseNotEmpty     Code = "database_not_empty"     // only an empty database can be filled from another one
	DatabaseUnavailable  Code = "database_unavailable"   // the database is busy or lost; try again
	DatabaseTimeout      Code = "database_timeout"       // the database took longer than the deadline
	DatabaseUnknown      Code = "database_unknown"       // the server has no database of the name that is set
	DatabaseLogin        Code = "database_login"         // the server does not let the user of the setting in
	DatabaseForbidden    Code = "database_forbidden"     // the user of the database lacks a right that the service needs
	DatabaseReadOnly     Code = "database_read_only"     // the database takes no writing: a standby, or a file or disk that is read-only
	DatabaseDamaged      Code = "database_damaged"       // the database is damaged; restore a backup
	NotADatabase         Code = "not_a_database"         // what is there is something else than a database of this service
	DiskFull             Code = "disk_full"              // the disk of the database is full; nothing more is stored until there is room
	SchemaNewer          Code = "schema_newer"           // a newer version of the service made the database
	SchemaOlder          Code = "schema_older"           // the database has to be brought forward first
	OfficeDiffers        Code = "office_differs"         // the configured time zone or currency is not that of the database
	CommitUnknown        Code = "commit_unknown"         // the database was lost while storing; ask again with the same idempotency key
	IdempotencyKeyReused Code = "idempotency_key_reused" // the key came before with another file
	UnknownRevision      Code = "unknown_revision"       // no visible revision has this id
	UnknownImport        Code = "unknown_import"         // no import has this id
	AlreadyUndone        Code = "already_undone"         // the revision was undone before
	UndoOfUndo           Code = "undo_of_undo"           // an undo is not undone; import the file again
	CatalogueNotUndone   Code = "catalogue_not_undone"   // a catalogue revision is followed by another one, not undone
	ImportStands         Code = "import_stands"          // the import is published and stands
	ImportNotScheduled   Code = "import_not_scheduled"   // only an import whose embargo lies ahead can be cancelled
	OriginalDiffers      Code = "original_differs"       // the bytes that came are not those that were announced
	BackupExists         Code = "backup_exists"          // a file is there already and is not overwritten
	BackupUnwritable     Code = "backup_unwritable"      // the file of the backup cannot be written
	BackupDiffers        Code = "backup_differs"         // what was written does not read back as it was
)
