//! What the parser refuses, in our own words. Its texts are for programmers, and in
//! English; none of them is ever passed on.

use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Error, ExternalMessageSource};

use crate::message::Message;
use crate::say;

/// What is wrong and what to do about it.
pub fn words(error: &Error) -> (Message, Message) {
    match error.without_snippet() {
        Error::AliasError { error, .. } => words(error),
        Error::ExternalMessage { source, .. } => match source.as_ref() {
            ExternalMessageSource::Parser(scan) => of_kind(scan.kind()),
            _ => unreadable(),
        },
        Error::UnknownAnchor { .. } => no_anchor(),
        Error::MultipleDocuments { .. } => two_documents(),
        Error::Eof { .. } => too_short(),
        Error::MergeValueNotMapOrSeqOfMaps { .. } | Error::MergeKeyNotAllowed { .. } => (
            say!("`<<` takes over the keys of something else, and there are none here"),
            say!("write the keys themselves"),
        ),
        Error::UnsupportedTag { .. }
        | Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. } => tag(),
        Error::RecursiveReferencesRequireWeakTypes { .. } => (
            say!("an alias (`*name`) repeats what it stands in"),
            say!("write out what it should repeat"),
        ),
        Error::FoldedBlockScalarMustIndentContent { .. } | Error::IndentationError { .. } => {
            indentation()
        }
        _ => unreadable(),
    }
}

fn of_kind(kind: &ErrorKind) -> (Message, Message) {
    use ErrorKind as K;
    match kind {
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => (
            say!("a comma, or the bracket that closes, has to stand before this"),
            say!(
                "part the entries inside of brackets by commas, and put a text that holds a comma, a colon or a bracket in quotes"
            ),
        ),
        K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::UnclosedFlowCollection { .. } => (
            say!("a bracket is not closed"),
            say!("close a brace with a brace, and a square bracket with a square bracket"),
        ),
        K::MisplacedFlowCollectionEnd => (
            say!("this bracket closes, but none was opened"),
            say!("remove it, or put the text that holds it in quotes"),
        ),
        K::MismatchedFlowCollectionEnd { open, close } => (
            say!("`{open}` is closed by `{close}`", open, close),
            say!("close a brace with a brace, and a square bracket with a square bracket"),
        ),
        K::UnclosedQuotedScalar
        | K::DocumentIndicatorInQuotedScalar
        | K::InvalidQuotedScalarIndent => (
            say!("a quote is not closed"),
            say!("close it where the text ends"),
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            say!("text follows behind the quote that closes"),
            say!("put the whole text in quotes"),
        ),
        K::UnexpectedCharacter { character } => (
            say!(
                "a text cannot begin with `{mark}` unless it is in quotes",
                mark = character
            ),
            say!("put the text in quotes"),
        ),
        K::UnknownAnchor | K::MissingAnchorOrAliasName => no_anchor(),
        K::MultipleDocumentsUnsupported
        | K::InvalidDocumentEnd
        | K::ExpectedDocumentStart
        | K::MissingDocumentEndBeforeDirective => two_documents(),
        K::BomInsideDocument => (
            say!("an invisible character (a byte order mark) stands here"),
            say!("delete it, or delete the line and type it anew"),
        ),
        K::UnexpectedEof | K::UnexpectedEofBlockSequence | K::UnexpectedEofBlockMapping => {
            too_short()
        }
        other => of_lines(other),
    }
}

/// What is wrong outside of brackets and quotes.
fn of_lines(kind: &ErrorKind) -> (Message, Message) {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar => (
            say!("there is a tab here"),
            say!("write spaces in its place"),
        ),
        K::MappingValueNotAllowed
        | K::MappingKeyNotAllowed
        | K::InvalidColonPlacement
        | K::InvalidMappingValueWhitespace
        | K::FlowMappingValueAdjacentCollection => (
            say!("a colon stands where none belongs"),
            say!("put a text that holds a colon in quotes, and write one key on a line"),
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::UnexpectedEndOfPlainScalar => (
            say!("a key without its colon"),
            say!("write a colon and a space behind the key, or put the text in quotes"),
        ),
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::ExpectedNodeContent
        | K::InvalidIndentation
        | K::InvalidFlowScalarIndent
        | K::InvalidBlockScalarIndent
        | K::BlockSequenceEntryNotAllowed => indentation(),
        K::BlockEntryInFlowCollection
        | K::InvalidBlockEntryWhitespace
        | K::PlainScalarStartsWithDashFlowIndicator => (
            say!("a dash stands where no item of a list can begin"),
            say!(
                "inside of brackets part items by commas, without dashes; put a text that begins with a dash in quotes"
            ),
        ),
        K::CommentInterceptedScalar | K::CommentNotSeparated => (
            say!("a comment (`#`) stands in the middle of a text"),
            say!("put the text in quotes, or move the comment to a line of its own"),
        ),
        K::ZeroBlockScalarIndent | K::InvalidBlockScalarHeader | K::ExpectedWhitespace => (
            say!("behind `|` or `>` the text begins on the next line"),
            say!("put the text in quotes, or begin it on the next line, indented further"),
        ),
        other => of_marks(other),
    }
}

/// What is wrong with backslashes and the rarer marks of YAML.
fn of_marks(kind: &ErrorKind) -> (Message, Message) {
    use ErrorKind as K;
    match kind {
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => (
            say!(
                "a backslash in double quotes begins a special character, and this one does not exist"
            ),
            say!("write `\\\\` for a backslash, or put the text in single quotes"),
        ),
        K::UndeclaredTagHandle
        | K::ExpectedTagBang
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::InvalidTagUtf8LeadingByte
        | K::InvalidTagUtf8TrailingByte
        | K::InvalidTagUtf8 => tag(),
        K::DuplicateVersionDirective
        | K::UnsupportedYamlMajorVersion
        | K::DuplicateTagDirective
        | K::ExpectedTagDirectiveBang
        | K::InvalidDirectiveTerminator
        | K::DirectiveDisallowed
        | K::MissingYamlVersionSeparator
        | K::MissingDirectiveName
        | K::InvalidDirectiveName
        | K::YamlVersionTooLong
        | K::MissingYamlVersion
        | K::InvalidTagDirectiveTerminator => (
            say!("a line cannot begin with `%` here"),
            say!("put the text in quotes, or remove the line"),
        ),
        _ => unreadable(),
    }
}

fn tag() -> (Message, Message) {
    (
        say!("a text cannot begin with `!` unless it is in quotes"),
        say!("put the text in quotes"),
    )
}

fn no_anchor() -> (Message, Message) {
    (
        say!("`*` and a name repeat what is marked with `&` and that name, and nothing above is"),
        say!("put a text that begins with `*` in quotes"),
    )
}

fn two_documents() -> (Message, Message) {
    (
        say!("a line `---` or `...` ends the file's content, and more follows"),
        say!("remove the line: a file holds one thing, or one list"),
    )
}

fn too_short() -> (Message, Message) {
    (
        say!("the file ends in the middle of something"),
        say!("see whether a bracket, a quote or the last line is incomplete"),
    )
}

fn indentation() -> (Message, Message) {
    (
        say!("this line does not fit in with what stands above it"),
        say!(
            "begin the keys of one thing, and the dashes of one list, in the same column; put a text that goes on over several lines in quotes"
        ),
    )
}

fn unreadable() -> (Message, Message) {
    (
        say!("this is not well-formed YAML"),
        say!(
            "check indentation (spaces, never tabs), the space after each `:`, and that every quote and bracket is closed; put text that holds `: ` or ` #` in quotes"
        ),
    )
}
