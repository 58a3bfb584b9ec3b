// What the tables of the materialised festival are. `document` holds every document and each author's share in documents
// of others; behind it stands what each operation says by itself, then what all of it together comes to.

/**
 * `n` is a row of `document` and `operation` an arrival throughout: both differ from box to box. Ids and keys are hex
 * where they are compared with what bodies say, bytes where they are compared with logs.
 */
export const TABLES = `
  CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    author BLOB NOT NULL,
    schema TEXT NOT NULL,
    name TEXT NOT NULL,             -- the id of the document, or the key under which it was set
    keyed INTEGER NOT NULL,         -- 1 if it was
    first INTEGER NOT NULL,         -- arrival of the first of its operations
    status TEXT NOT NULL,           -- ShareStatus
    history TEXT,                   -- event-history.ts
    operation INTEGER,              -- the one that gives its state
    state BLOB,                     -- where several do: DocumentState, serialized
    doc TEXT AS (iif(keyed, NULL, name)),
    key TEXT AS (schema || ' ' || lower(hex(author)) || ' ' || name), -- documentKey
    UNIQUE (author, schema, name)
  ) STRICT;
  CREATE INDEX document_doc ON document (doc) WHERE doc IS NOT NULL;
  CREATE INDEX document_schema ON document (schema, first);

  CREATE TABLE document_operation (
    operation INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    withdraws INTEGER NOT NULL      -- 1 if it is the tombstone
  ) STRICT;
  CREATE INDEX document_operation_n ON document_operation (n);

  -- What the author's share comes to together with those of linked keys (M-12): DocumentState, serialized.
  CREATE TABLE joint (n INTEGER PRIMARY KEY, state BLOB NOT NULL) STRICT;

  -- Bodies that are no document: of unknown schemas, and unreadable ones.
  CREATE TABLE unread (
    author BLOB NOT NULL,
    status TEXT NOT NULL,           -- BodyReading.status
    bodies INTEGER NOT NULL,
    PRIMARY KEY (author, status)
  ) STRICT, WITHOUT ROWID;

  -- Up to where an author asked to be forgotten (M-61).
  CREATE TABLE forgotten (author BLOB PRIMARY KEY, up_to INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- Documents that age; "expires" holds unless the end of the event that they are about is known.
  CREATE TABLE ageing (n INTEGER PRIMARY KEY, expires INTEGER NOT NULL, about TEXT) STRICT;
  CREATE INDEX ageing_expires ON ageing (expires);
  CREATE INDEX ageing_about ON ageing (about) WHERE about IS NOT NULL;

  -- Pictures that documents name.
  CREATE TABLE picture (
    n INTEGER NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,         -- as its author says
    author TEXT NOT NULL,
    PRIMARY KEY (n, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX picture_author ON picture (author);

  CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    doc TEXT NOT NULL UNIQUE,
    author BLOB NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,           -- the title as it is searched
    hosts TEXT NOT NULL,            -- JSON list of names
    lang TEXT,
    status TEXT NOT NULL,
    note TEXT,
    "when" TEXT,                    -- JSON
    tz TEXT,                        -- with end_open and was_start only where "when" is exact
    end_open INTEGER NOT NULL,
    was_start INTEGER,
    frame TEXT,
    start INTEGER,                  -- resolved and half-open; null where nobody can tell
    "end" INTEGER,
    sort INTEGER,
    capacity INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    expires INTEGER
  ) STRICT;
  CREATE INDEX event_time ON event (start, "end");
  CREATE INDEX event_author ON event (author);

  -- What events are filtered by: "tag:…", "kind:…", "frame:…", "host:…", "name:…".
  CREATE TABLE event_term (
    term TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (term, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_term_event ON event_term (event);

  -- Where and when an event says it is, and was before its author moved it: to other places, or at these to another time.
  CREATE TABLE event_place (
    event INTEGER NOT NULL,
    place TEXT NOT NULL,            -- id of a venue, or words where the event names none
    start INTEGER,                  -- null where "when" is not exact
    "end" INTEGER,
    moved INTEGER NOT NULL,         -- 1 if it left
    PRIMARY KEY (event, place, moved)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_place_time ON event_place (place, start, "end");

  CREATE TABLE resource (
    n INTEGER PRIMARY KEY,
    doc TEXT NOT NULL UNIQUE,
    author BLOB NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    consumable INTEGER NOT NULL,
    answerer BLOB NOT NULL,
    answer_from TEXT,               -- JSON
    imported INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX resource_title ON resource (title);
  CREATE INDEX resource_author ON resource (author);
  CREATE INDEX resource_answerer ON resource (answerer);

  CREATE TABLE frame (n INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE, tz TEXT, day_start INTEGER NOT NULL) STRICT;

  CREATE TABLE request (
    n INTEGER PRIMARY KEY,
    doc TEXT NOT NULL UNIQUE,
    author BLOB NOT NULL,
    seq INTEGER NOT NULL,           -- of its latest operation
    event TEXT NOT NULL,
    resource TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    note TEXT
  ) STRICT;
  CREATE INDEX request_event ON request (event);
  CREATE INDEX request_resource ON request (resource);
  CREATE INDEX request_author ON request (author);

  CREATE TABLE rsvp (
    event TEXT NOT NULL,
    n INTEGER NOT NULL,
    author BLOB NOT NULL,
    seq INTEGER NOT NULL,
    going TEXT NOT NULL,
    people INTEGER,                 -- me and friends
    door INTEGER,                   -- a count at a door, never a person
    PRIMARY KEY (event, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keylink (
    n INTEGER PRIMARY KEY,
    author TEXT NOT NULL,
    other TEXT NOT NULL,
    may TEXT NOT NULL,              -- JSON
    until INTEGER
  ) STRICT;
  CREATE INDEX keylink_pair ON keylink (author, other);

  -- Every answer, not only the latest to each subject: each has its place in the order (M-20).
  CREATE TABLE answer (
    operation INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    author BLOB NOT NULL,
    seq INTEGER NOT NULL,
    subject TEXT NOT NULL,
    resource TEXT NOT NULL,
    version TEXT NOT NULL,
    verdict TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    hold_start INTEGER,
    hold_end INTEGER,
    quantity INTEGER,
    "limit" INTEGER,
    force INTEGER NOT NULL,
    note TEXT
  ) STRICT;
  CREATE INDEX answer_resource ON answer (resource, author);
  CREATE INDEX answer_author ON answer (author);

  -- What the answers come to, for each thing and subject.
  CREATE TABLE outcome (
    resource TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    answer INTEGER NOT NULL,        -- the operation that counts
    hold_end INTEGER,               -- null where it lasts for ever
    quantity INTEGER,
    shares INTEGER,
    position INTEGER,               -- among those who wait, from 1
    PRIMARY KEY (resource, subject)
  ) STRICT, WITHOUT ROWID;

  -- How many of the things that it asks for an event was granted, and which.
  CREATE TABLE confirmed (event TEXT PRIMARY KEY, asked INTEGER NOT NULL, accepted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE booking (
    resource TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (resource, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX booking_event ON booking (event);

  CREATE TABLE programme (version INTEGER NOT NULL, log_id BLOB NOT NULL) STRICT;
`;
