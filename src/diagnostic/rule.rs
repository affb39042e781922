//! What faults are called where programs tell them apart: in JSON, in SARIF, in a filter of a CI service.

/// The rules, each with what it tells of. A name stays when the words of a message change; `docs/messages.md` explains them.
pub const RULES: &[(&str, &str)] = &[
    // Files.
    ("folder", "The folder of a document is not there, or is a file."),
    ("folder-name", "The folder has no name that a document could take."),
    ("file-missing", "A file of the document is not there."),
    ("file-unreadable", "A file cannot be read, or is too large."),
    (
        "file-not-read",
        "The file of a language that the document does not name.",
    ),
    ("text-missing", "The text of a language is not there."),
    ("encoding", "A file is not UTF-8."),
    ("byte-order-mark", "A file starts with a byte order mark."),
    // document.toml.
    ("toml", "The notation of document.toml is broken."),
    ("key-unknown", "A key that there is not."),
    ("key-missing", "A key that must be there is missing."),
    ("key-twice", "A key is given twice."),
    ("value-missing", "A key has no value."),
    ("value-empty", "A text is empty."),
    ("value-type", "A value is of the wrong type."),
    ("word-unknown", "A word that is none of those that a key takes."),
    ("number-range", "A number is out of its range."),
    ("symbol", "A symbol that is none."),
    ("day", "A day that is none."),
    ("day-order", "Days do not follow each other as the kind has it."),
    (
        "text-lacking",
        "A text by language is missing in a language of the document.",
    ),
    ("pattern", "A text is not written by a pattern of its kind."),
    ("title-misplaced", "A document has a title that its kind does not have."),
    (
        "heading-attribute",
        "What stands in braces at a heading cannot be read.",
    ),
    ("heading-label", "A heading repeats the label that is printed."),
    ("kind-words", "A kind has no words in a language of the document."),
    (
        "kind-fact",
        "A kind names a fact that it does not have, or that takes something else.",
    ),
    ("kind-name", "A name in a kind cannot be one."),
    ("kind-pattern", "A pattern of a kind cannot be read."),
    ("kind-range", "A range of a kind cannot be read."),
    ("kind-twice", "A kind has two divisions or lines of one name."),
    ("kind-line", "A kind names a line that it does not have."),
    (
        "label-unknown",
        "The words of a kind name something that it does not have.",
    ),
    ("label-missing", "The words of a kind lack something that it has."),
    ("label-sentence", "A sentence of a kind cannot be read."),
    ("languages-empty", "The document has no language."),
    ("language-unknown", "A language that there is not."),
    ("language-twice", "A language is given twice."),
    (
        "language-unofficial",
        "An unofficial language that the document has not.",
    ),
    ("digits-language", "Digits of a language that the document has not."),
    ("language-file", "A language file says what cannot be."),
    ("margins", "The margins of a house leave too little of its paper."),
    (
        "colour",
        "A colour of a house is none, or too light for what it prints.",
    ),
    ("font-unknown", "A font family that is not there."),
    ("font-styles", "A font family lacks bold or italics that the text has."),
    (
        "breaks-without-reference",
        "Official breaks without the official layout.",
    ),
    ("reference-missing", "The file of the official layout is not there."),
    ("reference", "The official layout is not that of the text."),
    // Title and parts.
    ("empty", "A document or its text is empty."),
    ("title-missing", "A text has no title."),
    ("title-twice", "A text has two titles."),
    ("title-number", "The title repeats the number of the document."),
    ("text-before-title", "Text stands before the title."),
    ("heading-level", "A heading leaves a level out."),
    (
        "heading-among-numbers",
        "A heading stands among the numbered paragraphs.",
    ),
    ("annex-numbers", "Numbered paragraphs stand in an annex alone."),
    (
        "without-words",
        "A title, a heading, a paragraph or an item has no words.",
    ),
    ("body", "The opening words do not name the body of document.toml."),
    (
        "construct",
        "Something that a document has not: HTML, code, rules, blocks in blocks that cannot hold them.",
    ),
    ("verse", "Verse that does not start or end, or is not written as such."),
    (
        "picture",
        "A picture that cannot be printed, or that has no alternative text.",
    ),
    ("link", "A link that leads nowhere, or that is not written as one."),
    (
        "link-name",
        "A cross-reference to a name that nothing has, or to what has no number to print.",
    ),
    ("nesting", "Blocks are nested too deep."),
    ("emphasis-depth", "Emphasis is nested too deep."),
    ("too-much", "More of something than can be set."),
    // Lists.
    ("list-number", "A number of a list is not the one that it has."),
    ("list-depth", "Lists are nested too deep."),
    ("paragraph-unnumbered", "A paragraph among numbered ones has no number."),
    ("typed-label", "A paragraph starts like an item of a list, but is none."),
    ("note-asterisks", "A note with asterisks has none with fewer before it."),
    // Names.
    ("name-wrong", "A name of a paragraph that is none."),
    ("name-misplaced", "A name stands where no name can."),
    ("name-twice", "A name is used twice."),
    ("name-differs", "A paragraph has different names in two languages."),
    (
        "name-elsewhere",
        "A name stands at another paragraph than in the leading language.",
    ),
    // Notes.
    ("note-not-written", "A note is marked, but not written."),
    ("note-not-marked", "A note is written, but not marked."),
    ("note-twice", "A note is written twice."),
    ("note-empty", "A note has no text."),
    ("note-colon", "A note has no colon after its mark."),
    ("note-in-note", "A note is marked inside a note."),
    ("note-list", "A list stands in a note."),
    (
        "note-elsewhere",
        "A note is marked in another paragraph than in the leading language.",
    ),
    (
        "note-not-marked-here",
        "A note is not marked in a paragraph in which the leading language marks it.",
    ),
    (
        "note-not-marked-there",
        "A note is marked in a paragraph in which the leading language does not mark it.",
    ),
    (
        "note-order",
        "Notes are marked in another order than in the leading language.",
    ),
    // Alignment of languages.
    (
        "block-missing",
        "A paragraph, heading or table of the leading language is missing.",
    ),
    (
        "block-surplus",
        "A paragraph, heading or table that the leading language has not.",
    ),
    (
        "blocks-differ",
        "Several paragraphs differ from those of the leading language.",
    ),
    (
        "block-form",
        "A paragraph has another form than in the leading language.",
    ),
    (
        "table-shape",
        "A table has other rows or columns than in the leading language.",
    ),
    (
        "column-sides",
        "A column stands at another side than in the leading language.",
    ),
    // Tables and stretches.
    ("table-rows", "A table has no rows."),
    ("table-cells", "A row has more or fewer cells than the head."),
    ("stretch", "A stretch in another language is not written as one."),
    // Characters.
    ("direction-character", "A character that steers the direction of text."),
    ("invisible-character", "A character that cannot be seen."),
    ("private-character", "A character of private use."),
    ("character-without-font", "A character that no font has."),
    ("tatweel", "A tatweel in a word."),
    (
        "presentation-forms",
        "A word is written in presentation forms of its letters.",
    ),
    ("mark-without-letter", "A mark of a letter without its letter."),
    // Writing.
    ("digits", "A number has other digits than its language or the document."),
    ("digits-throughout", "A text has Western digits throughout."),
    (
        "spaced-digits",
        "Groups of digits with spaces that break or change places.",
    ),
    ("direction-of-marks", "The marks of a stretch print at its other end."),
    ("direction-of-number", "A number prints at the other side of a stretch."),
    (
        "stop",
        "A comma, a semicolon, a question mark or a full stop of the other script.",
    ),
    ("quotation-marks", "Straight quotation marks."),
    ("apostrophe", "A straight apostrophe."),
    (
        "letter-of-another-language",
        "A letter of another language of the Arabic script.",
    ),
    ("notation-left", "Notation that is printed as it stands."),
    // Making.
    ("unreadable", "What is printed cannot be read."),
    ("not-made", "An edition cannot be made."),
    ("not-written", "Files cannot be written."),
    ("not-ours", "A file that qarar did not write stands where one is to go."),
    ("unverified", "An edition does not come back from its PDF."),
    ("template-falls", "A template or a font brings the work down."),
    ("too-long", "The work takes longer than it may."),
    ("ended-from-outside", "The work was ended by a signal."),
    ("page-not-drawn", "A page of a PDF cannot be drawn."),
    ("own-fault", "A fault of qarar."),
    ("command-line", "The command line asks for what cannot be done."),
    ("answer-not-whole", "The answer could not be written whole."),
    // Verification.
    ("verify-passage", "A reader does not get a passage as it is written."),
    ("verify-print", "Words of a page cannot be seen or read."),
    (
        "verify-characters",
        "A page has characters that readers do not understand.",
    ),
    ("verify-file", "A PDF has no tags, no language or no title."),
    // Comparison.
    ("compare", "Two layouts differ."),
];
