//! Installed packages of different styles. Those that are not there are left out.

mod support;

use std::path::Path;
use std::process::Command;

use rbindgen::ir;
use support::Sandbox;

/// Plain functions and S3, and S4. What is recommended comes with most copies of R.
const PACKAGES: [&str; 2] = ["lattice", "Matrix"];

fn is_installed(package: &str) -> bool {
    let code = format!("cat(nzchar(system.file(package = \"{package}\")))");
    let answer = Command::new("Rscript").args(["--vanilla", "-e", &code]).output();
    answer.is_ok_and(|answer| answer.stdout == b"TRUE")
}

fn read(path: &Path) -> ir::Package {
    ir::read(path).unwrap().packages.remove(0)
}

#[test]
fn packages_of_many_styles() {
    let here = Sandbox::new();
    for package in PACKAGES.into_iter().filter(|one| is_installed(one)) {
        let file = format!("{package}.json");
        let run = |arguments: &[&str]| {
            let run = here.run(arguments);
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
            run.stdout
        };
        run(&["snapshot", package, "--quiet", "--output", &file]);
        let types = run(&["types", package, "--quiet"]);
        assert_eq!(types, run(&["types", "--quiet", "--from", &file]), "{package}");
        if package == "lattice" {
            assert_eq!(run(&["diff", &file, &file, "--quiet"]).trim(), "nothing changed");
        }
        let report = run(&["report", "--quiet", "--internal", "--from", &file]);
        let found = read(&here.path(&file));
        for function in found.functions.iter().filter(|one| one.exported) {
            let name = function.name.replace('\\', "\\\\").replace('`', "\\`");
            assert!(types.contains(&format!("type `{name}` ")), "{package}: {name}");
        }
        for class in found.s4_classes.iter().map(|one| &one.name) {
            assert!(report.contains(&format!("{package} S4 class {class}")), "{package}: {class}");
        }
        if package == "Matrix" {
            // Several methods, an arrow each.
            let expand = types.lines().find(|line| line.starts_with("type `expand` ")).unwrap();
            assert!(expand.contains("<class<`sparseLU`>, ...> => "), "{expand}");
            assert!(expand.matches(" => ").count() > 1, "{expand}");
            assert!(report.contains("  slot Dim     integer[], hard\n"), "the slots of Matrix");
        }
    }
}
