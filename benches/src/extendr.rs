//! The peer in another process: extendr and libR-sys claim the same `links` key, so no program has both.
//!
//! It reads `NAME REPEATS` a line, runs that benchmark so often, and answers with a line of JSON: `{"ns": 12.5}` for one.
//! While it runs, this process waits, and the other way round.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use rbindgen_runtime::locate::Installation;

pub struct Extendr {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Extendr {
    /// Starts the program, with the same R as this process has.
    pub fn start(program: &str, r: &Installation) -> std::io::Result<Extendr> {
        let mut child =
            Command::new(program).envs(r.child_env()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let requests = child.stdin.take().expect("the pipe was asked for");
        let answers = BufReader::new(child.stdout.take().expect("the pipe was asked for"));
        Ok(Extendr { child, requests, answers })
    }

    /// Nanoseconds for one run of the benchmark `name`.
    pub fn measure(&mut self, name: &str, repeats: u32) -> f64 {
        #[derive(serde::Deserialize)]
        struct Answer {
            ns: f64,
        }
        writeln!(self.requests, "{name} {repeats}").expect("the extendr peer listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the extendr peer answers");
        let answer: Answer = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("the extendr peer answered {line:?}: {error}"));
        answer.ns
    }
}

impl Drop for Extendr {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
