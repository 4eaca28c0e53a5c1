//! Noun phrases: `[article] [adjectives] noun [of ...]`, and what they say about a type.

use crate::ir::types::{Atomic, Term, Type};

use super::vocabulary::{self, Noun, adjective, ends_phrase, noun, opens_phrase, participle, vector};
use super::words::Token;

/// A noun phrase that has been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrase {
    /// The type, where the noun names one.
    pub ty: Option<Type>,
    /// Whether it is several elements (`false`: one); `None` where the words leave it open, as `numeric` does.
    pub many: Option<bool>,
    /// Whether the noun is one of R's types, rather than a quantity or something that has a name.
    pub strong: bool,
    /// Whether an article or `one` stands before it.
    pub article: bool,
    /// Whether the phrase is an adjective that stands alone, and shares the noun of the next: `numeric or character vector`.
    pub bare: Option<Atomic>,
    /// Whether a complement has been read: what an `or` joins then may be the complement's.
    pub complement: bool,
    /// Whether it is a vector about whose elements nothing is said: most often numbers.
    pub unknown: bool,
    /// The noun.
    pub noun: Option<Noun>,
    /// Where the phrase ends.
    pub end: usize,
}

/// Most words between the article and the noun.
const LONGEST: usize = 7;

/// Reads the noun phrase at `start`; `None` where there is no word of one.
pub fn phrase(tokens: &[Token], start: usize) -> Option<Phrase> {
    let mut at = start;
    let mut article = false;
    let mut single = false;
    let mut indefinite = false;
    let mut every = false;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Mark('(' | '[') => at = after_parenthesis(tokens, at),
            // "one of" lists; "one or more" counts.
            Token::Word(word, _) if word == "one" => {
                if tokens.get(at + 1).is_some_and(|next| next.is("of")) {
                    return None;
                }
                at += 1;
                if tokens.get(at).is_some_and(|next| next.is("or")) {
                    at += 2;
                } else {
                    single = true;
                }
            }
            Token::Word(word, _) if word == "single" => {
                single = true;
                at += 1;
            }
            Token::Word(word, _) if opens_phrase(word) => {
                article |= matches!(word.as_str(), "a" | "an" | "the" | "another");
                indefinite = matches!(word.as_str(), "a" | "an" | "optional");
                every |= matches!(word.as_str(), "all" | "each" | "every");
                at += 1;
            }
            _ => break,
        }
    }
    let first = at;
    while at < tokens.len() && at - first < LONGEST {
        if continues(tokens, first, at) {
            at += 1;
        } else if at > first && aside(tokens, at) {
            at += 3;
        } else {
            break;
        }
    }
    if at == first {
        return None;
    }
    // "an n by p matrix"
    if tokens.get(at).is_some_and(|one| matches!(one.word(), Some("by" | "x"))) && at - first <= 2 {
        let until = (at + 5).min(tokens.len());
        if let Some(matrix) =
            (at + 1..until).find(|index| matches!(tokens[*index].word(), Some("matrix" | "array")))
        {
            at = matrix + 1;
        }
    }
    let chunk = &tokens[first..at];
    let mut read = head(chunk, single)?;
    read.article = article;
    read.end += first;
    if every && matches!(read.noun, Some(Noun::Function | Noun::Object)) {
        read.ty = None;
    }
    // "a `reStruct` that ...": code with an indefinite article is a class.
    if let (true, None, [Token::Code(code)]) = (indefinite, &read.ty, chunk)
        && vocabulary::class_like(code)
        && !code.ends_with("()")
    {
        read.ty = Some(vocabulary::class(code).into());
    }
    // "a roc object from `roc`": a word that is code elsewhere in the sentence.
    if let (None, Some(Noun::Object), [.., Token::Word(_, class), _]) = (&read.ty, read.noun, chunk)
        && tokens.iter().any(|one| one.code() == Some(class.as_str()))
        && vocabulary::class_like(class)
    {
        read.ty = Some(vocabulary::class(class).into());
        read.strong = true;
    }
    complement(tokens, chunk, &mut read);
    parenthesis(tokens, &mut read);
    if read.noun == Some(Noun::Object) && read.ty.is_none() {
        read.ty = class_later(tokens, read.end);
    }
    Some(read)
}

/// After the parenthesis that opens at `at`, or after the mark where none closes it.
pub fn after_parenthesis(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Mark('(' | '[') => depth += 1,
            Token::Mark(')' | ']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    at + 1
}

/// `integer (valued) vector`: one word in parentheses within the phrase.
fn aside(tokens: &[Token], at: usize) -> bool {
    tokens[at].mark('(')
        && tokens.get(at + 2).is_some_and(|one| one.mark(')'))
        && tokens.get(at + 3).and_then(Token::word).and_then(noun).is_some()
        && noun(tokens[at - 1].word().unwrap_or_default())
            .is_none_or(|(found, _)| matches!(found, Noun::Atomic(_)))
}

/// Whether the token at `at` still belongs to the words of the noun.
fn continues(tokens: &[Token], first: usize, at: usize) -> bool {
    match &tokens[at] {
        Token::Word(word, _) => {
            let begun = at > first;
            !(ends_phrase(word)
                || begun && (participle(word) || opens_phrase(word))
                || begun && settled(tokens, first, at, word))
        }
        Token::Code(code) => {
            let measure = || tokens.get(at + 1).and_then(Token::word).and_then(noun).is_some();
            vocabulary::class_like(code) || code.ends_with("()") || measure()
        }
        Token::Quoted(text) => vocabulary::class_like(text) && at + 1 < tokens.len(),
        // `numeric (integer) vector`, `n x p` are rare; a hyphen between words that were set apart is not.
        Token::Mark('-') => {
            at > first
                && matches!(tokens.get(at + 1), Some(Token::Word(word, _)) if !ends_phrase(word))
                && false
        }
        Token::Mark(_) => false,
    }
}

/// Whether the words before are a noun of R's that `word` does not go on with: `formula | selecting the terms`.
fn settled(tokens: &[Token], first: usize, at: usize, word: &str) -> bool {
    let Some(before) = tokens[at - 1].word() else { return false };
    let strong = matches!(
        noun(before),
        Some((
            Noun::Vector
                | Noun::Scalar
                | Noun::Matrix
                | Noun::Array
                | Noun::List
                | Noun::Class(_)
                | Noun::Object
                | Noun::Function,
            _
        ))
    ) || before == "frame" && at > first + 1;
    strong && noun(word).is_none() && adjective(word).is_none() && word.chars().count() > 1
}

/// The noun among the words, and its type.
fn head(chunk: &[Token], single: bool) -> Option<Phrase> {
    // "the vector y", "a matrix `x`": what follows the noun as its name is passed over.
    let mut last = chunk.len();
    while last > 1 {
        let named = match &chunk[last - 1] {
            Token::Code(code) => named_type(code).is_none(),
            Token::Word(word, _) => word.chars().count() == 1 && noun(word).is_none(),
            _ => false,
        };
        let before = chunk[last - 2].word().and_then(noun).is_some();
        if !(named && before) {
            break;
        }
        last -= 1;
    }
    let words = &chunk[..last];
    let whole = Phrase { end: chunk.len(), ..Phrase::default() };
    let modifiers = &words[..last - 1];
    let single = single
        || modifiers.iter().any(|one| {
            matches!(one.word(), Some("single" | "scalar" | "length-one" | "length-1" | "singleton"))
        });
    match &words[last - 1] {
        Token::Code(code) => {
            let ty = named_type(code);
            let plain = ty.is_some();
            // A bare `x` is the name of another argument.
            Some(Phrase { many: None, strong: plain, ty, ..whole })
        }
        Token::Quoted(_) => Some(whole),
        Token::Mark(_) => None,
        Token::Word(word, _) => {
            let said = modifiers.iter().rev().find_map(|one| one.word().and_then(adjective));
            let before = modifiers.last().and_then(Token::word).unwrap_or_default();
            let known = idiom(before, word).or_else(|| noun(word));
            let Some((mut found, plural)) = known else {
                // "numeric tuning parameter": the adjective says it.
                return Some(match said {
                    Some(atomic) => {
                        let many = (word.ends_with('s') && !word.ends_with("ss")).then_some(true);
                        let many = if single { Some(false) } else { many };
                        Phrase {
                            ty: Some(vector(atomic, many.unwrap_or(true))),
                            many,
                            strong: false,
                            noun: Some(Noun::Atomic(atomic)),
                            ..whole
                        }
                    }
                    None => whole,
                });
            };
            // "character value", "numeric values", "logical variable".
            if let (Noun::Vague | Noun::Quantity | Noun::Text | Noun::Measured, Some(atomic)) = (found, said)
            {
                found = Noun::Atomic(atomic);
            }
            Some(of_noun(found, plural, said, single, modifiers, word, whole))
        }
    }
}

/// Two words that are one noun.
fn idiom(before: &str, word: &str) -> Option<(Noun, bool)> {
    Some(match (before, word) {
        ("data", "frame") => (Noun::Class("data.frame"), false),
        ("data", "frames") => (Noun::Class("data.frame"), true),
        ("data", "table") => (Noun::Class("data.table"), false),
        ("time", "series") => (Noun::Class("ts"), false),
        ("regular", "expression") | ("character", "expression") => (Noun::Text, false),
        ("regular", "expressions") => (Noun::Text, true),
        ("function", "value") => (Noun::Quantity, false),
        ("symbolic" | "model", "description") => (Noun::Class("formula"), false),
        ("data", "values") => (Noun::Quantity, true),
        ("distance" | "dissimilarity", "structure" | "object") => (Noun::Class("dist"), false),
        ("x" | "y" | "z", "values" | "coordinates") => (Noun::Quantity, true),
        ("data", "vector") => (Noun::Vector, false),
        ("maximum" | "max" | "minimum" | "min", "iterations") => (Noun::Quantity, false),
        ("random", "seed") => (Noun::Quantity, false),
        ("file", "connection") => (Noun::Class("connection"), false),
        (
            "scaling" | "scale" | "expansion" | "inflation" | "shrinkage" | "smoothing" | "correction"
            | "multiplication" | "multiplicative" | "magnification" | "reduction" | "damping" | "discount"
            | "fudge" | "adjustment" | "bayes" | "conversion" | "penalty" | "learning" | "step"
            | "normalization" | "tuning",
            "factor",
        ) => (Noun::Quantity, false),
        _ => return None,
    })
}

/// The type that code names: `numeric`, `logical(1)`, `data.frame`.
pub fn named_type(code: &str) -> Option<Type> {
    let (word, one) = match code.strip_suffix("(1)") {
        Some(word) => (word, true),
        None => (code.strip_suffix("()").unwrap_or(code), false),
    };
    let of = |atomic| Some(vector(atomic, !one));
    match word {
        "numeric" | "double" | "integer" => of(Atomic::Double),
        "logical" => of(Atomic::Logical),
        "character" => of(Atomic::Character),
        "complex" => of(Atomic::Complex),
        "raw" => of(Atomic::Raw),
        "TRUE" | "FALSE" => Some(Type::scalar(Atomic::Logical)),
        "NULL" => Some(Type::null()),
        "vector" => None,
        "data.frame" | "matrix" | "factor" | "formula" | "function" | "list" | "environment"
        | "expression" | "table" | "array" | "Date" | "POSIXct" | "ts" | "connection" => {
            Some(vocabulary::class(word).into())
        }
        _ => None,
    }
}

/// The type of a noun with its modifiers.
fn of_noun(
    found: Noun,
    plural: bool,
    said: Option<Atomic>,
    single: bool,
    modifiers: &[Token],
    word: &str,
    whole: Phrase,
) -> Phrase {
    let mut read = Phrase { noun: Some(found), strong: true, ..whole };
    let lone = modifiers.is_empty();
    match found {
        Noun::Vector => {
            let named = modifiers.iter().rev().find_map(|one| one.code().and_then(named_type));
            read.ty = said.map(Type::vector).or(named);
            read.many = Some(!single);
            if single {
                read.ty = said.map(Type::scalar);
            }
        }
        Noun::Scalar => {
            read.ty = Some(Type::scalar(said.unwrap_or(Atomic::Double)));
            read.many = Some(false);
            read.strong = said.is_some();
        }
        Noun::Atomic(atomic) => {
            // `numeric` and `character` as nouns leave open how many; `a number`, `string`, `flag` do not.
            let open = matches!(
                word,
                "numeric" | "character" | "real" | "double" | "complex" | "raw" | "logical" | "integer"
            );
            let many = match () {
                () if single => Some(false),
                () if plural => Some(true),
                // "integer, the number of": one; "numeric", "character" may be many.
                () if word == "integer" => Some(false),
                () if open || matches!(word, "value" | "variable" | "data" | "input") => None,
                () => Some(false),
            };
            // "character string", "integer number": the adjective only repeats it. "a logical integer" is nothing.
            let atomic = match (atomic, said) {
                (Atomic::Double, Some(Atomic::Logical)) => Atomic::Logical,
                (atomic, _) => atomic,
            };
            read.bare = (open && lone).then_some(atomic);
            read.ty = Some(vector(atomic, many.unwrap_or(true)));
            read.many = many;
        }
        Noun::Quantity | Noun::Text => {
            let atomic = if found == Noun::Text { Atomic::Character } else { Atomic::Double };
            let several =
                modifiers.iter().any(|one| matches!(one.word(), Some("vector" | "vectors" | "vectorised")));
            read.many = Some((plural || several) && !single);
            read.ty = Some(vector(atomic, read.many == Some(true)));
            read.strong = false;
        }
        Noun::Family => {
            let named = Type::class("family").or(Type::function());
            read.ty = Some(named.or(Type::scalar(Atomic::Character)));
            read.strong = false;
        }
        Noun::Indices | Noun::Measured => {
            read.ty = Some(Type::vector(Atomic::Double));
            read.strong = false;
        }
        Noun::Colour => {
            read.many = Some(plural);
            read.ty = Some(Type::vector(Atomic::Character).or(Type::vector(Atomic::Double)));
            read.strong = false;
        }
        Noun::Matrix => {
            if !plural {
                read.ty = Some(Term::Matrix(None).into());
                if modifiers.iter().any(|one| one.is("data")) {
                    read.ty = read.ty.map(|ty| ty.or(Type::class("data.frame")));
                }
                if modifiers.iter().any(|one| matches!(one.word(), Some("distance" | "dissimilarity"))) {
                    read.ty = read.ty.map(|ty| ty.or(Type::class("dist")));
                }
            }
        }
        Noun::Array => read.ty = (!plural).then(|| Type::class("array").or(Term::Matrix(None).into())),
        Noun::Class(name) => read.ty = (!plural).then(|| vocabulary::class(name).into()),
        Noun::List => read.ty = (!plural).then(Type::list),
        Noun::Function => {
            read.ty = (!plural).then(Type::function);
            // "kernel function", "link function" are often chosen by name.
            read.strong = lone
                || modifiers
                    .iter()
                    .all(|one| matches!(one.word(), Some("r" | "user-defined" | "user-supplied")));
        }
        Noun::Environment => read.ty = (!plural).then(|| Term::Environment.into()),
        Noun::Code => read.ty = (!plural).then(|| Term::Code.into()),
        Noun::Object => {
            let class = modifiers.last().and_then(|one| match one {
                Token::Code(code) | Token::Quoted(code) if vocabulary::class_like(code) => {
                    Some(code.as_str())
                }
                Token::Word(word, _) => match noun(word) {
                    Some((Noun::Class(name), _)) => Some(name),
                    Some((Noun::Matrix, _)) => Some("matrix"),
                    Some((Noun::List, _)) => Some("list"),
                    Some((Noun::Function, _)) => Some("function"),
                    _ => None,
                },
                _ => None,
            });
            read.ty = class.map(|name| vocabulary::class(name).into());
        }
        Noun::Vague => {
            read.strong = false;
            read.many = plural.then_some(true);
        }
    }
    if read.ty.is_none() {
        read.strong = false;
    }
    read
}

/// What follows the noun: `vector of names`, `object of class "lm"`, `number of rows`.
fn complement(tokens: &[Token], chunk: &[Token], read: &mut Phrase) {
    let object = matches!(read.noun, None | Some(Noun::Object | Noun::Vague));
    if let Some((ty, end)) = class_after(tokens, read.end, object) {
        let one = !chunk
            .last()
            .and_then(Token::word)
            .is_some_and(|word| word.ends_with('s') && !word.ends_with("ss"));
        let ty = if one { conjoined(&tokens[read.end..end]).unwrap_or(ty) } else { ty };
        read.ty = Some(ty);
        read.strong = true;
        read.noun = Some(Noun::Object);
        read.end = end;
        return;
    }
    let of = tokens.get(read.end).is_some_and(|next| next.is("of"));
    match read.noun {
        Some(Noun::Atomic(Atomic::Double)) if of && chunk.last().is_some_and(|last| last.is("number")) => {
            read.ty = Some(Type::scalar(Atomic::Double));
            read.many = Some(false);
            read.complement = true;
        }
        // "degrees of freedom" are one number.
        Some(Noun::Quantity) if of && tokens.get(read.end + 1).is_some_and(|next| next.is("freedom")) => {
            read.ty = Some(Type::scalar(Atomic::Double));
            read.many = None;
            read.end += 2;
        }
        Some(Noun::Vector) if read.ty.is_none() => {
            let element = elements(tokens, read.end);
            read.complement = element.is_some();
            read.ty = match element {
                Some(Element::Of(ty)) => Some(ty),
                Some(Element::Other) => None,
                None => guessed(chunk),
            }
            .or_else(|| labelled(&tokens[read.end..], chunk));
            read.unknown = read.ty.is_none() && !labels(&tokens[read.end..], chunk);
            let loose = read.ty.as_ref().is_some_and(|ty| ty.terms().count() > 1);
            read.strong = read.complement && read.ty.is_some() && !loose;
            if read.many == Some(false) {
                read.ty = read.ty.take().map(scalars);
            }
        }
        Some(Noun::List | Noun::Vector) if of => read.complement = true,
        _ => {}
    }
}

fn scalars(ty: Type) -> Type {
    ty.map(|term| match term {
        Term::Vector(vector) => Term::Vector(crate::ir::types::Vector { scalar: true, ..vector }),
        other => other,
    })
}

/// The type of a `weight vector`, `data vector`, `name vector`.
fn guessed(chunk: &[Token]) -> Option<Type> {
    let before = chunk.iter().rev().skip(1).find_map(Token::word)?;
    let atomic = match noun(before)? {
        (Noun::Atomic(atomic), _) => atomic,
        (Noun::Quantity | Noun::Measured, _) => Atomic::Double,
        (Noun::Text, _) => Atomic::Character,
        _ if before == "data" => Atomic::Double,
        _ => return None,
    };
    Some(Type::vector(atomic))
}

/// What a vector of labels may be, where the words speak of classes or groups.
fn labelled(rest: &[Token], chunk: &[Token]) -> Option<Type> {
    let about = chunk.iter().chain(rest.iter().take(5)).filter_map(Token::word).any(|word| {
        ["class", "label", "group", "membership", "categor"].iter().any(|stem| word.starts_with(stem))
    });
    about.then(|| Type::class("factor").or(Type::vector(Atomic::Character)).or(Type::vector(Atomic::Double)))
}

/// Whether a vector holds things of which nothing can be guessed.
fn labels(rest: &[Token], chunk: &[Token]) -> bool {
    chunk.iter().chain(rest.iter().take(4)).filter_map(Token::word).any(|word| {
        ["item", "element", "name", "input", "type", "id", "word", "source"]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

enum Element {
    Of(Type),
    Other,
}

/// What the elements of a vector are: `of length 2, containing the limits`, `giving the names of ...`.
fn elements(tokens: &[Token], from: usize) -> Option<Element> {
    let mut at = from;
    // At most one such aside; then the elements.
    if tokens.get(at).is_some_and(|one| matches!(one.word(), Some("of" | "with")))
        && tokens.get(at + 1).is_some_and(|one| matches!(one.word(), Some("length" | "the" | "size")))
        && tokens[at + 1..].iter().take(3).any(|one| matches!(one.word(), Some("length" | "size")))
    {
        at += 2;
        while at < tokens.len() && at < from + 12 && !introduces(&tokens[at]) {
            at += 1;
        }
    }
    if tokens.get(at).is_some_and(|one| one.mark(',')) {
        at += 1;
    }
    if !tokens.get(at).is_some_and(introduces) {
        return None;
    }
    if tokens.get(at + 1).is_some_and(Token::truth) {
        return Some(Element::Of(Type::vector(Atomic::Logical)));
    }
    let of = phrase(tokens, at + 1)?;
    Some(match (of.noun, of.ty) {
        (
            Some(
                Noun::Atomic(_) | Noun::Text | Noun::Quantity | Noun::Colour | Noun::Indices | Noun::Measured,
            ),
            Some(ty),
        ) => Element::Of(ty.vectors()),
        (Some(Noun::Scalar), _) => Element::Of(Type::vector(Atomic::Double)),
        _ => Element::Other,
    })
}

fn introduces(token: &Token) -> bool {
    matches!(
        token.word(),
        Some(
            "of" | "containing"
                | "giving"
                | "specifying"
                | "with"
                | "holding"
                | "representing"
                | "indicating"
                | "defining"
        )
    )
}

/// `of class "a" and "b"`: one object of both.
fn conjoined(tokens: &[Token]) -> Option<Type> {
    if !tokens.iter().any(|one| one.is("and")) || tokens.iter().any(|one| one.is("or")) {
        return None;
    }
    let names = tokens.iter().filter_map(|one| match one {
        Token::Code(name) | Token::Quoted(name) if vocabulary::class_like(name) => Some(name.clone()),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    (names.len() > 1).then(|| Term::Class(names).into())
}

/// `of class "lm"`, `of class lm` (where `bare`), `inheriting from class "a" or "b"` at `from`: the type, and where it ends.
pub fn class_after(tokens: &[Token], from: usize, bare: bool) -> Option<(Type, usize)> {
    const BETWEEN: usize = 7;
    let mut at = from;
    let mut inherits = false;
    loop {
        match tokens.get(at)? {
            Token::Code(_) | Token::Quoted(_) if inherits => return class_names(tokens, at, false),
            Token::Word(word, _) => match word.as_str() {
                "class" | "classes" if at > from && !tokens[at - 1].is("that") => break,
                "inheriting" | "inherits" | "inherit" => {
                    inherits = true;
                    at += 1;
                }
                "of" | "from" | "inheriting" | "inherits" | "with" | "that" | "which" | "is" | "has"
                | "s3" | "s4" | "inherit" | "the" | "belonging" | "to" | "a" | "having" | "an" | "one"
                | "either" | "object" => at += 1,
                _ => return None,
            },
            Token::Mark(',') if at == from => at += 1,
            _ => return None,
        }
        if at - from > BETWEEN {
            return None;
        }
    }
    class_names(tokens, at + 1, bare)
}

/// The names of classes at `from`; `bare` words count, too.
pub fn class_names(tokens: &[Token], from: usize, bare: bool) -> Option<(Type, usize)> {
    let mut ty = Type::never();
    let mut at = from;
    let mut end = from;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Code(name) | Token::Quoted(name) => match class_term(name) {
                Some(term) => {
                    ty.insert(term);
                    at += 1;
                    end = at;
                }
                None => break,
            },
            Token::Mark(',' | '/' | '(' | ')' | ':') => at += 1,
            Token::Word(word, original) => match word.as_str() {
                "or" | "and" | "class" | "classes" | "either" | "s3" | "s4" | "the" | "of"
                | "respectively" => at += 1,
                "inheriting" | "inherits" | "from" if ty.is_never() => at += 1,
                _ if bare
                    && (ty.is_never() || tokens[at - 1].is("or"))
                    && vocabulary::class_like(original)
                    && !ends_phrase(word)
                    && !word.ends_with("ed") =>
                {
                    ty.insert(vocabulary::class(original));
                    at += 1;
                    end = at;
                }
                _ => break,
            },
            Token::Mark(_) => break,
        }
    }
    (!ty.is_never()).then_some((ty, end))
}

/// The class that the rest of the sentence names: `an R object, typically of class "lm"`.
fn class_later(tokens: &[Token], from: usize) -> Option<Type> {
    let at = tokens.iter().skip(from).position(|one| matches!(one.word(), Some("class" | "classes")))? + from;
    let method = tokens[from..at]
        .iter()
        .any(|one| matches!(one.word(), Some("method" | "methods" | "function" | "or" | "if")));
    if method {
        return None;
    }
    class_names(tokens, at + 1, false).map(|(ty, _)| ty)
}

/// The class that code names: `lm`, `c("anova", "data.frame")`.
fn class_term(code: &str) -> Option<Term> {
    if let Some(inside) = code.strip_prefix("c(").and_then(|rest| rest.strip_suffix(')')) {
        let names: Option<Vec<String>> = inside
            .split(',')
            .map(|one| {
                super::words::strip_quotes(one.trim())
                    .filter(|name| vocabulary::class_like(name))
                    .map(str::to_owned)
            })
            .collect();
        return names.filter(|names| !names.is_empty()).map(Term::Class);
    }
    vocabulary::class_like(code).then(|| vocabulary::class(code))
}

/// `numeric (scalar)`, `vector (numeric)`: an aside right behind the noun.
fn parenthesis(tokens: &[Token], read: &mut Phrase) {
    if !tokens.get(read.end).is_some_and(|one| one.mark('(')) {
        return;
    }
    let close = after_parenthesis(tokens, read.end);
    let inside = &tokens[read.end + 1..close.saturating_sub(1).max(read.end + 1)];
    for token in inside.iter().take(4) {
        match token.word() {
            Some("scalar" | "single" | "scalars") if read.many.is_none() => {
                read.many = Some(false);
                read.ty = read.ty.take().map(scalars);
            }
            Some(word) if read.ty.is_none() && matches!(read.noun, Some(Noun::Vector)) => {
                read.ty = adjective(word).map(Type::vector);
            }
            _ => {}
        }
    }
}
