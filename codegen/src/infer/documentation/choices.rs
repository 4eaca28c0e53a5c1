//! Strings that a text lists as the only choices.

use super::words::{Sentence, Token};

/// The choices of the first sentence that lists some; empty where none says that they are all.
pub fn choices(sentences: &[Sentence]) -> Vec<String> {
    sentences
        .iter()
        .map(|sentence| listed(&sentence.tokens))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn listed(tokens: &[Token]) -> Vec<String> {
    let Some(start) = tokens.iter().enumerate().position(|(at, _)| announces(tokens, at)) else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    let mut since = 0;
    for token in &tokens[start..] {
        match token {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') => depth = depth.saturating_sub(1),
            Token::Quoted(text) if depth == 0 || found.is_empty() => {
                since = 0;
                if !found.contains(text) {
                    found.push(text.clone());
                }
            }
            // "or a function", "or NULL": the list is not of strings alone; "abbreviations of" and the like end it.
            Token::Word(word, _) if depth == 0 && !found.is_empty() => {
                since += 1;
                if matches!(word.as_str(), "etc" | "function" | "number" | "numeric") {
                    return Vec::new();
                }
                if since > 8 {
                    break;
                }
            }
            _ => {}
        }
    }
    if found.len() < 2 || found.iter().any(|one| one.is_empty() || one.contains('\n')) {
        return Vec::new();
    }
    found
}

/// Whether a list of all choices is announced at `at`.
fn announces(tokens: &[Token], at: usize) -> bool {
    let is = |offset: usize, words: &[&str]| {
        tokens.get(at + offset).and_then(Token::word).is_some_and(|word| words.contains(&word))
    };
    let soon = tokens[at..].iter().take(7).any(|one| matches!(one, Token::Quoted(_)));
    soon && ((is(0, &["one"]) && is(1, &["of"]))
        || is(0, &["either"])
        || (is(0, &["must", "should", "can", "may"]) && is(1, &["be"]))
        || (is(
            0,
            &["possible", "allowed", "valid", "permitted", "available", "legal", "admissible", "supported"],
        ) && is(1, &["values", "options", "choices", "methods", "types", "are", "value"]))
        || (is(0, &["options", "choices"]) && is(1, &["are", "include"])))
}
