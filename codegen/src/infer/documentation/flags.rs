//! Clauses about something that is true or false.

use super::words::Token;

/// Whether the clause is about something that is true or false.
pub fn is_flag(name: &str, tokens: &[Token], question: bool) -> bool {
    let Some(first) = tokens.first() else { return false };
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let truth_soon = |from: usize, to: usize| tokens.iter().take(to).skip(from).any(Token::truth);
    if first.truth() {
        return tokens.get(1).is_none_or(|next| {
            next.is("or")
                || next.is("if")
                || next.is("when")
                || matches!(next, Token::Mark('/' | ',' | ':' | '-'))
                || next.is("to")
        });
    }
    match word(0) {
        "whether" | "flag" => true,
        "should" | "do" | "does" | "shall" => word(1) != "be" && tokens.len() > 1,
        "are" | "is" | "will" | "print" | "show" => question,
        "if" | "when" | "set" | "setting" => truth_soon(1, 5),
        "use" => question || truth_soon(1, 5),
        "logical" | "boolean" | "bool" => match tokens.get(1) {
            None => true,
            Some(Token::Mark('(' | '/')) => false,
            Some(Token::Mark(_) | Token::Code(_)) => true,
            Some(next) => matches!(
                next.word(),
                Some(
                    "flag"
                        | "value"
                        | "indicating"
                        | "specifying"
                        | "scalar"
                        | "variable"
                        | "switch"
                        | "if"
                        | "that"
                        | "which"
                        | "whether"
                        | "indicator"
                        | "constant"
                        | "argument"
                        | "for"
                        | "should"
                        | "to"
                        | "determining"
                        | "controlling"
                        | "parameter"
                        | "defining"
                        | "describing"
                        | "option"
                        | "with"
                        | "defaulting"
                        | "giving"
                        | "used"
                        | "is"
                        | "whose"
                )
            ),
        },
        "a" | "an" | "the" => {
            matches!(word(1), "logical" | "boolean" | "bool" | "flag")
                && is_flag(name, &tokens[1..], question)
        }
        "indicates" | "determines" | "specifies" | "controls" | "indicate" | "specify" | "indicating"
        | "determine" => {
            matches!(word(1), "if" | "whether")
        }
        _ => {
            // "`x`: if TRUE"
            first.code() == Some(name) && matches!(word(1), "if") && truth_soon(1, 4)
        }
    }
}
