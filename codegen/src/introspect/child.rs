//! Running a child process that may hang, crash or print without end.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How much of the end of the child's error output is kept.
const KEPT: usize = 16 << 10;

/// How long a line of a [`Server`] may be.
const MOST_LINE: u64 = 1 << 20;

/// How a child ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit status; `None` when it was killed because its time was over.
    pub status: Option<ExitStatus>,
    /// The end of what it wrote to standard error.
    pub stderr: String,
}

/// Runs `command` for at most `limit`, in a process group of its own, and leaves no process of that group behind.
///
/// Standard input is empty and standard output is dropped.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Ended> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    group::separate(command);
    let mut child = command.spawn()?;
    let tail = Tail::default();
    let reader = tail.follow(child.stderr.take());
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    let in_time = loop {
        match group::has_ended(&mut child) {
            Ok(true) => break true,
            Ok(false) if Instant::now() >= deadline => break false,
            Ok(false) => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
            }
            Err(error) => {
                group::kill(&mut child);
                let _ = child.wait();
                return Err(error);
            }
        }
    };
    // Also after an orderly end: a package may have started processes of its own.
    group::kill(&mut child);
    let status = child.wait()?;
    // A process that left the group may hold the pipe open: what it writes is not waited for.
    let patience = Instant::now() + Duration::from_millis(500);
    while !reader.is_finished() && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(Ended { status: in_time.then_some(status), stderr: tail.text() })
}

/// A child that takes requests: one or more lines each, answered with one.
#[derive(Debug)]
pub struct Server {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    tail: Tail,
}

/// How a request ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Served {
    /// It was answered with this line.
    Answered(String),
    /// The time was over.
    Late,
    /// The server has ended, or does not take requests.
    Gone,
}

impl Server {
    /// Starts `command`, in a process group of its own.
    pub fn start(command: &mut Command) -> io::Result<Server> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        group::separate(command);
        let mut child = command.spawn()?;
        let tail = Tail::default();
        tail.follow(child.stderr.take());
        let (input, output) = match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => (input, output),
            _ => return Err(io::Error::other("a child without pipes")),
        };
        let (sender, answers) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines = io::BufReader::new(output);
            let mut line = Vec::new();
            while matches!(lines.by_ref().take(MOST_LINE).read_until(b'\n', &mut line), Ok(1..)) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                if sender.send(text).is_err() {
                    break;
                }
            }
        });
        Ok(Server { child, input, answers, tail })
    }

    /// Sends a request and waits for the answer, for at most `limit`. What the child writes to standard error meanwhile is kept.
    pub fn serve(&mut self, request: &str, limit: Duration) -> Served {
        self.tail.clear();
        if self.input.write_all(request.as_bytes()).and_then(|()| self.input.flush()).is_err() {
            return Served::Gone;
        }
        match self.answers.recv_timeout(limit) {
            Ok(line) => Served::Answered(line),
            Err(RecvTimeoutError::Timeout) => Served::Late,
            Err(RecvTimeoutError::Disconnected) => Served::Gone,
        }
    }

    /// The end of what it wrote to standard error during the last request.
    pub fn stderr(&self) -> String {
        self.tail.text()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        group::kill(&mut self.child);
        let _ = self.child.wait();
    }
}

/// The last bytes of a stream, collected by a thread of their own.
#[derive(Clone, Debug, Default)]
struct Tail(Arc<Mutex<VecDeque<u8>>>);

impl Tail {
    fn follow(&self, stream: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<()> {
        let tail = self.clone();
        std::thread::spawn(move || {
            let Some(mut stream) = stream else { return };
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                let mut kept = tail.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                kept.extend(&buffer[..count]);
                let surplus = kept.len().saturating_sub(KEPT);
                kept.drain(..surplus);
            }
        })
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }

    fn text(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        String::from_utf8_lossy(&kept.iter().copied().collect::<Vec<u8>>()).into_owned()
    }
}

#[cfg(unix)]
mod group {
    use std::io;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    /// Gives the child a process group of its own, which ends with us.
    pub fn separate(command: &mut Command) {
        command.process_group(0);
        #[cfg(target_os = "linux")]
        {
            let end_with_parent = || {
                // SAFETY: prctl with PR_SET_PDEATHSIG takes one integer and touches no memory of ours; it is
                // async-signal-safe, as code between fork and exec has to be.
                let result = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
                if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
            };
            // SAFETY: the closure allocates nothing and takes no lock.
            unsafe { command.pre_exec(end_with_parent) };
        }
    }

    /// Whether the child has ended; it stays a zombie, so that its group's number cannot be given away.
    pub fn has_ended(child: &mut Child) -> io::Result<bool> {
        let flags = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
        // SAFETY: an all-zero siginfo_t is valid, it is plain integers.
        let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
        // SAFETY: `info` is a valid place for waitid to write to, and the child has not been reaped.
        let result = unsafe { libc::waitid(libc::P_PID, child.id() as libc::id_t, &mut info, flags) };
        if result != 0 {
            let error = io::Error::last_os_error();
            return if error.kind() == io::ErrorKind::Interrupted { Ok(false) } else { Err(error) };
        }
        // SAFETY: waitid filled `info`, or left it zero when nobody has ended.
        Ok(unsafe { info.si_pid() } != 0)
    }

    /// Kills the child's group.
    pub fn kill(child: &mut Child) {
        let group = child.id() as libc::pid_t;
        // SAFETY: the child leads this group and has not been reaped, so the number is still its own.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
}

#[cfg(not(unix))]
mod group {
    use std::io;
    use std::process::{Child, Command};

    pub fn separate(_: &mut Command) {}

    pub fn has_ended(child: &mut Child) -> io::Result<bool> {
        Ok(child.try_wait()?.is_some())
    }

    pub fn kill(child: &mut Child) {
        let _ = child.kill();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Ended {
        run(Command::new("sh").args(["-c", script]), limit).unwrap()
    }

    #[test]
    fn output_and_status_are_kept() {
        let ended = shell("echo out; echo problem >&2; exit 3", Duration::from_secs(10));
        assert_eq!(ended.status.and_then(|status| status.code()), Some(3));
        assert_eq!(ended.stderr, "problem\n");
    }

    #[test]
    fn a_hang_is_killed_with_its_group() {
        let start = Instant::now();
        let ended = shell("sleep 61 & sleep 62", Duration::from_millis(200));
        assert!(ended.status.is_none());
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_server_answers_until_it_ends() {
        let script = "while read -r line; do case $line in end) exit;; sleep) sleep 61;; *) echo $line >&2; echo ok;; esac; done";
        let start = || Server::start(Command::new("sh").args(["-c", script])).unwrap();
        let long = Duration::from_secs(20);
        let mut server = start();
        assert_eq!(server.serve("one\n", long), Served::Answered("ok".into()));
        assert_eq!(server.serve("two\n", long), Served::Answered("ok".into()));
        assert_eq!(server.serve("end\n", long), Served::Gone);
        assert_eq!(server.serve("three\n", long), Served::Gone);
        assert_eq!(start().serve("sleep\n", Duration::from_millis(200)), Served::Late);
    }

    #[test]
    fn endless_output_is_cut() {
        let ended = shell(
            "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy >&2; done",
            Duration::from_millis(300),
        );
        assert!(ended.status.is_none());
        assert!(ended.stderr.len() <= KEPT);
    }
}
