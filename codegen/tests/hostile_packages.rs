//! Packages that try to break the tool, or to get code into what it writes: see `tests/hostile-packages`.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use support::hostile::{Python, assert_tame};
use support::{Run, Sandbox, tree};

/// Those that load.
const LOADABLE: &[&str] = &[
    "hostile.bindings",
    "hostile.child",
    "hostile.damaged",
    "hostile.data",
    "hostile.deep",
    "hostile.help",
    "hostile.latin1",
    "hostile.loops",
    "hostile.many",
    "hostile.names",
    "hostile.nothing",
    "hostile.onload",
    "hostile.text",
];

/// The packages installed, and what one run over all of them recorded.
struct Installed {
    here: Sandbox,
    recording: Run,
}

/// The library stays from run to run, until a package or R is another.
fn installed() -> &'static Installed {
    static INSTALLED: OnceLock<Installed> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let here = Sandbox::at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile"));
        for entry in std::fs::read_dir(here.path("")).unwrap().flatten() {
            match entry.path() {
                library if library.ends_with("lib") => {}
                folder if folder.is_dir() => std::fs::remove_dir_all(folder).unwrap(),
                file => std::fs::remove_file(file).unwrap(),
            }
        }
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/hostile-packages");
        let r = rbindgen_runtime::locate::find().expect("R is installed where the tests run");
        let wanted = format!("{:?} {:?}", r, tree(&source));
        if !matches!(std::fs::read_to_string(here.path("lib/source")), Ok(present) if present == wanted) {
            let _ = std::fs::remove_dir_all(here.path("lib"));
            let mut install = Command::new("sh");
            let output = install.arg(source.join("install.sh")).arg(here.path("lib")).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            here.write("lib/source", &wanted);
        }
        let mut arguments = vec!["snapshot", "--lib", "lib", "-o", "all.json"];
        arguments.extend(LOADABLE);
        let recording = here.finish(here.command(&arguments).env("HOSTILE_FILE", here.path("effect")));
        Installed { here, recording }
    })
}

/// The rest of a command that reads the recording.
fn recorded<'a>(first: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = first.to_vec();
    arguments.extend(LOADABLE);
    arguments.extend(["--from", "all.json"]);
    arguments
}

#[test]
fn every_package_that_loads_is_recorded_without_effects() {
    let Installed { here, recording } = installed();
    assert_eq!(recording.code, 0, "{}", recording.stderr);
    for package in LOADABLE {
        assert!(recording.stderr.contains(&format!("{package} ")), "{package}: {}", recording.stderr);
    }
    assert!(!recording.stderr.contains("panicked"), "{}", recording.stderr);
    assert_one_line_each(&recording.stderr);
    assert!(!here.path("effect").exists(), "an active binding, a promise or a method of the package was run");
    // The same again, to the byte; the library's own path must not be in it.
    let mut arguments = vec!["snapshot", "--lib", "lib", "-o", "again.json"];
    arguments.extend(LOADABLE);
    let again = here.run(&arguments);
    assert_eq!(again.code, 0, "{}", again.stderr);
    let text = here.read("all.json");
    assert_eq!(first_difference(&text, &here.read("again.json")), None);
    assert!(!text.contains(here.path("").to_str().unwrap()));
    assert!(!text.chars().any(|c| c < ' ' && c != '\n'), "JSON escapes control characters");
}

#[test]
fn nothing_of_a_package_becomes_code() {
    let Installed { here, .. } = installed();
    let run = here.run(&recorded(&["--rust", "rust", "--python", "python"]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_one_line_each(&run.stderr);
    let mut python = Python::default();
    let mut count = 0;
    for (path, bytes) in tree(&here.path("rust")).into_iter().chain(tree(&here.path("python"))) {
        let text = String::from_utf8(bytes).unwrap();
        assert_tame(&path, &text);
        if path.extension().is_some_and(|one| one == "py" || one == "pyi") {
            python.add(&path);
        }
        count += 1;
    }
    assert!(count >= 3 * LOADABLE.len(), "{count} files");
    python.assert_tame();
    // What is written is what would be written: by a second run, and by a run with R.
    assert_eq!(here.run(&recorded(&["check", "--rust", "rust", "--python", "python"])).code, 0);
    let few = ["hostile.latin1", "hostile.names", "hostile.text"];
    let mut generate = few.to_vec();
    generate.extend(["--from", "all.json", "--rust", "few/rust", "--python", "few/python"]);
    assert_eq!(here.run(&generate).code, 0);
    let mut check = vec!["check", "--lib", "lib", "--rust", "few/rust", "--python", "few/python"];
    check.extend(few);
    let check = here.run(&check);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn types_are_lines() {
    let Installed { here, .. } = installed();
    let run = here.run(&recorded(&["types", "--internal"]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut packages = BTreeSet::new();
    let mut names = BTreeSet::new();
    for line in run.stdout.split_terminator('\n') {
        assert!(!line.chars().any(rbindgen::diagnostics::is_invisible), "{line:?}");
        if let Some(package) = line.strip_prefix("# ") {
            packages.insert(package.split(' ').next().unwrap());
            names.clear();
            continue;
        }
        let (name, arrow) = signature(line).unwrap_or_else(|| panic!("{line}"));
        let read = arrow.parse::<rbindgen::ir::types::Type>();
        assert!(read.is_ok(), "{line}: {read:?}");
        assert!(names.insert(name.to_owned()), "{name} twice");
    }
    assert_eq!(packages.len(), LOADABLE.len());
}

#[test]
fn reports_and_differences_are_plain_text() {
    let Installed { here, .. } = installed();
    // Those whose texts are odd; the reports of the large ones are as plain and take longer.
    let few = [
        "hostile.bindings",
        "hostile.help",
        "hostile.latin1",
        "hostile.loops",
        "hostile.names",
        "hostile.text",
    ];
    let mut arguments = vec!["report", "--from", "all.json"];
    arguments.extend(few);
    let report = here.run(&arguments);
    assert_eq!(report.code, 0, "{}", report.stderr);
    assert!(report.stdout.contains("pwned_marker"));
    let same = here.run(&["diff", "all.json", "all.json"]);
    assert_eq!(same.code, 0, "{}", same.stdout);
    let mut less: serde_json::Value = serde_json::from_str(&here.read("all.json")).unwrap();
    for package in less["packages"].as_array_mut().unwrap() {
        for list in ["functions", "datasets"] {
            if let Some(all) = package.get_mut(list).and_then(serde_json::Value::as_array_mut) {
                all.truncate(1);
            }
        }
    }
    here.write("less.json", &less.to_string());
    let differences = here.run(&["diff", "all.json", "less.json"]);
    assert_eq!(differences.code, 1, "{}", differences.stderr);
    assert!(differences.stdout.contains("pwned_marker"));
    for line in report.stdout.split('\n').chain(differences.stdout.split('\n')) {
        assert!(!line.chars().any(rbindgen::diagnostics::is_invisible), "{line:?}");
    }
}

#[test]
fn those_that_do_not_load_cost_one_message() {
    let Installed { here, .. } = installed();
    for (package, code) in [("hostile.import", "RB0202"), ("hostile.hangs", "RB0203")] {
        let run = here.run(&[package, "--lib", "lib", "--timeout", "2", "--rust", "none"]);
        assert_eq!(run.code, 2, "{package}: {}", run.stderr);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("error[{code}]")), "{}", run.stderr);
        assert_one_line_each(&run.stderr);
        assert!(!here.path("none").exists());
    }
    // What replaces functions of base may cost the package, no more.
    let run = here.run(&["hostile.masks", "--lib", "lib", "--timeout", "20", "--rust", "none"]);
    assert!(matches!(run.code, 0 | 2), "{}", run.stderr);
    assert_eq!(run.stderr.matches("error[").count(), usize::from(run.code == 2), "{}", run.stderr);
}

#[test]
fn processes_of_a_package_end_with_it() {
    let Installed { here, .. } = installed();
    let mark = here.path("child");
    let mut command = here.command(&["snapshot", "hostile.child", "--lib", "lib", "-o", "child.json"]);
    let run = here.finish(command.env("HOSTILE_CHILD", &mark));
    assert_eq!(run.code, 0, "{}", run.stderr);
    // It would write the file after three seconds.
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert!(!mark.exists(), "a process that the package started is still there");
}

#[test]
fn data_that_cannot_be_read_is_left_out_by_name() {
    let Installed { here, recording } = installed();
    let text = here.read("all.json");
    let snapshot: serde_json::Value = serde_json::from_str(&text).unwrap();
    let package = |name: &str| {
        let packages = snapshot["packages"].as_array().unwrap();
        packages.iter().find(|one| one["name"] == name).unwrap().clone()
    };
    let names = |package: &serde_json::Value| -> Vec<String> {
        let sets = package["datasets"].as_array().cloned().unwrap_or_default();
        sets.iter().map(|set| set["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&package("hostile.data")), ["a (b)", "c(d)", "csv", "good"]);
    assert_eq!(names(&package("hostile.damaged")), [""; 0]);
    for (set, of) in [
        ("stops", "hostile.data"),
        ("nothing", "hostile.data"),
        ("table", "hostile.data"),
        ("one", "hostile.damaged"),
        ("two", "hostile.damaged"),
    ] {
        let message = format!("warning[RB0207]: the data set {set} of the package {of} does not load");
        assert!(recording.stderr.contains(&message), "{message}\n{}", recording.stderr);
    }
    assert_eq!(recording.stderr.matches("RB0207").count(), 5, "{}", recording.stderr);
}

#[test]
fn a_snapshot_is_no_way_in_either() {
    // Every string of a snapshot that R wrote, in turn with texts that no R would send.
    let Installed { here, .. } = installed();
    let mut snapshot: serde_json::Value = serde_json::from_str(&here.read("all.json")).unwrap();
    let packages = snapshot["packages"].as_array_mut().unwrap();
    packages.retain(|one| one["name"] == "hostile.text");
    for attempt in [
        "1\npwned_marker!();\n//",
        "1\rpwned_marker()\r#",
        "`pwned_marker` [`pwned_marker`](javascript:x) <script>",
        "\u{0}\u{b}\u{c}\u{85}\u{2028}\u{2029}pwned_marker",
        "\"\"\"\npwned_marker()\n\"\"\"",
        "*/ pwned_marker!(); /*",
        "\\",
        "\"",
    ] {
        let mut changed = snapshot.clone();
        for text in ["version", "r_version", "title", "description"] {
            changed["packages"][0][text] = format!("x{attempt}").into();
        }
        for set in changed["packages"][0]["datasets"].as_array_mut().unwrap() {
            set["name"] = format!("x{attempt}").into();
            set["file"] = format!("x{attempt}").into();
            replace_strings(&mut set["help"], attempt);
            for field in set["object"]["fields"].as_array_mut().unwrap() {
                field["name"] = format!("x{attempt}{}", field["name"]).into();
            }
        }
        here.write("changed.json", &changed.to_string());
        let run = here.run(&["hostile.text", "--from", "changed.json", "--rust", "in/r", "--python", "in/p"]);
        assert_eq!(run.code, 0, "{attempt:?}: {}", run.stderr);
        assert_one_line_each(&run.stderr);
        let mut python = Python::default();
        for (path, bytes) in tree(&here.path("in")) {
            let text = String::from_utf8(bytes).unwrap();
            assert_tame(&path, &text);
            if path.extension().is_some_and(|one| one == "py" || one == "pyi") {
                python.add(&path);
            }
        }
        python.assert_tame();
    }
}

/// Name and type of a line: ``type `name` <...> => ...;``, with backslashes before backticks and backslashes in the name.
fn signature(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("type `")?.strip_suffix(';')?;
    let mut escaped = false;
    let end = rest.find(|c| {
        let ends = c == '`' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Replaces text that is no key and no word of the format.
fn replace_strings(value: &mut serde_json::Value, by: &str) {
    match value {
        serde_json::Value::String(text) => *text = by.to_owned(),
        serde_json::Value::Array(all) => all.iter_mut().for_each(|one| replace_strings(one, by)),
        serde_json::Value::Object(all) => all.values_mut().for_each(|one| replace_strings(one, by)),
        _ => {}
    }
}

/// Messages say what they say on lines of their own, without characters that a terminal obeys.
fn assert_one_line_each(stderr: &str) {
    for line in stderr.lines() {
        assert!(!line.chars().any(rbindgen::diagnostics::is_invisible), "{line:?}");
        let begins = ["error[", "warning[", "  ", "wrote ", "unchanged ", "removed ", "hostile."];
        assert!(begins.iter().any(|begin| line.starts_with(begin)), "{line:?}");
    }
}

/// Where two texts differ, as a few characters of each.
fn first_difference(a: &str, b: &str) -> Option<(String, String)> {
    let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
    let show =
        |text: &str| String::from_utf8_lossy(&text.as_bytes()[at..text.len().min(at + 80)]).into_owned();
    (a != b).then(|| (show(a), show(b)))
}
