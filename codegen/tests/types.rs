//! `types`, `report` and `diff` from outside, and corrections. Snapshots stand in for R.

mod support;

use insta::assert_snapshot;
use support::{Run, Sandbox};

/// A package with one exported and one internal function, a data set and a method.
const OLD: &str = r#"{"schema": 1, "packages": [{"name": "pkg", "version": "1.0", "r_version": "4.2.2",
  "datasets": [{"name": "cars", "lazy": true, "object": {"kind": "list", "length": 1, "class": ["data.frame"],
    "row_names": "automatic", "rows": 3, "fields": [{"name": "speed", "object": {"kind": "double", "length": 3}}]}}],
  "functions": [
    {"name": "hidden`\\", "formals": [{"name": "..."}], "body": "NULL"},
    {"name": "scale_by", "exported": true,
      "formals": [{"name": "x"}, {"name": "factor", "default": "2"}, {"name": "na.rm", "default": "FALSE"}],
      "body": ["{", "    if (!is.numeric(x)) ", "        stop(\"x\")", "    x", "}"]}],
  "s3_methods": [{"generic": "print", "class": "scaled", "function": "hidden`\\"}]}]}"#;

fn sandbox() -> Sandbox {
    let here = Sandbox::new();
    here.write("old.json", OLD);
    let gone = "{\"name\": \"factor\", \"default\": \"2\"}, ";
    assert!(OLD.contains(gone));
    here.write("new.json", &OLD.replace(gone, "").replace("\"1.0\"", "\"2.0\""));
    here
}

fn failed(run: &Run) -> &str {
    assert_eq!(run.code, 2, "{}", run.stderr);
    run.stderr.trim_end()
}

#[test]
fn one_line_for_each_function() {
    let here = sandbox();
    let run = here.run(&["types", "--from", "old.json", "--quiet"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.starts_with("type `scale_by` <"), "{}", run.stdout);
    let run = here.run(&["types", "--from", "old.json", "--quiet", "--internal"]);
    assert!(run.stdout.starts_with("type `hidden\\`\\\\` <...> => "), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 2);
    let run = here.run(&["types", "--from", "old.json", "--format", "json"]);
    assert!(run.stdout.contains("\"signatures\": [\n        \"type `scale_by` <"), "{}", run.stdout);
}

/// Corrections make the types of these tests what they are, whatever inference finds.
const CORRECTED: &str = r#"from = "old.json"
[overrides.pkg.functions.scale_by]
parameters.x = "double[]"
parameters.factor = "?double"
parameters."na.rm" = "logical"
returns = "class<`scaled`>"
fields.values = "double[]"
rename = "scaled_by"
[overrides.pkg.data.cars]
columns.speed = "integer[]"
skip = true
"#;

#[test]
fn corrections_change_types_and_the_report_says_so() {
    let here = sandbox();
    here.write("rbindgen.toml", CORRECTED);
    assert_snapshot!(
        here.run(&["types", "--quiet"]).stdout.trim_end(),
        @"type `scale_by` <double[], double | null, logical> => class<`scaled`>;"
    );
    let report = here.run(&["report", "--quiet"]).stdout;
    for line in [
        "  factor       double | null, hard, optional\n",
        "      override      hard   double | null  rbindgen.toml:4:12\n",
        "  =>           class<`scaled`>, hard",
        "pkg class scaled\n  values       double[], hard\n",
        "  cars: rbindgen.toml says so\n",
        "  parameters: 3 of 3 typed (100.0%)\n         3 by override\n",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let json = here.run(&["report", "--quiet", "--format", "json", "-f", "scale_by"]).stdout;
    assert!(json.contains("\"source\": \"override\""), "{json}");
}

#[test]
fn a_correction_that_matches_nothing_is_an_error() {
    for (text, message) in [
        (
            "[overrides.pkgs.functions.f]\nskip = true",
            "error[RB0407]: rbindgen.toml:3:8: the package pkgs is not part of this run\n  help: did you mean `pkg`?",
        ),
        (
            "[overrides.pkg.functions.scaleby]\nskip = true",
            "error[RB0407]: rbindgen.toml:3:8: there is no function `scaleby` in pkg\n  help: did you mean `scale_by`?",
        ),
        (
            "[overrides.pkg.functions.scale_by]\nparameters.facto = 'any'",
            "error[RB0407]: rbindgen.toml:3:12: scale_by has no parameter `facto` with a type\n  help: did you mean `factor`?",
        ),
        (
            "[overrides.pkg.classes.scald]\nfields.a = 'any'",
            "error[RB0407]: rbindgen.toml:3:8: there is no class `scald` in pkg\n  help: did you mean `scaled`?",
        ),
        (
            "[overrides.pkg.data.cars]\ncolumns.sped = 'any'",
            "error[RB0407]: rbindgen.toml:3:9: cars has no column `sped`\n  help: did you mean `speed`?",
        ),
        (
            "[overrides.pkg.functions.scale_by]\nreturns = 'double[[]'",
            "error[RB0406]: rbindgen.toml:3:11: the type \"double[[]\" is wrong at character 7: expected the end, or `|`",
        ),
    ] {
        let here = sandbox();
        here.write("rbindgen.toml", &format!("from = 'old.json'\n{text}\n"));
        assert_eq!(failed(&here.run(&["types", "--quiet"])), message);
    }
}

#[test]
fn corrections_of_packages_that_are_not_asked_for_wait() {
    let here = sandbox();
    let text = "from = 'old.json'\npackages = ['pkg', 'other']\n[overrides.other.functions.f]\nskip = true\n";
    here.write("rbindgen.toml", text);
    assert_eq!(here.run(&["types", "pkg", "--quiet"]).code, 0);
}

#[test]
fn a_function_that_is_not_there() {
    let here = sandbox();
    let run = here.run(&["report", "--from", "old.json", "--quiet", "-f", "scaleby"]);
    assert_snapshot!(failed(&run), @r"
    error[RB0208]: there is no function `scaleby` in pkg
      help: did you mean `scale_by`?
    ");
}

#[test]
fn what_changed() {
    let here = sandbox();
    let run = here.run(&["diff", "old.json", "new.json", "--quiet"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_snapshot!(run.stdout, @r"
    pkg 1.0 → 2.0
      breaking: function `scale_by`: the parameter `factor` is gone
    1 change, 1 breaking
    ");
    let run = here.run(&["diff", "new.json", "old.json", "--quiet"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("`factor` is new and stands before `na.rm`"), "{}", run.stdout);
    let run = here.run(&["diff", "old.json", "old.json", "--quiet"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "nothing changed\n"));
    let json = here.run(&["diff", "old.json", "new.json", "--format", "json"]);
    assert_eq!(json.code, 1);
    assert!(
        json.stdout.starts_with("{\n  \"success\": false,\n  \"diagnostics\": [],\n  \"breaking\": 1,\n")
    );
    assert_eq!(here.run(&["diff", "none.json", "old.json"]).code, 2);
}

#[test]
fn completions_know_the_commands() {
    let script = Sandbox::new().run(&["completions", "bash"]).stdout;
    for word in ["types", "report", "diff", "--internal", "--function"] {
        assert!(script.contains(word), "{word}");
    }
}
