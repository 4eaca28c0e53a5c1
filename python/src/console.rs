//! What R writes goes to Python's `sys.stdout` and `sys.stderr`, whatever they are at that moment.

use std::sync::Once;

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use rbindgen_runtime::{Stream, set_console};

/// Sets the writer, once: it must not be replaced while R may be inside it (see `gil`).
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_console(Some(Box::new(write))));
}

/// Writes `text`. What goes wrong in Python's stream is not R's concern, and R could not be told.
fn write(stream: Stream, text: &str) {
    // There is no interpreter any more when R writes while the process ends.
    let _ = Python::try_attach(|py| {
        if let Err(error) = write_to_python(py, stream, text)
            && error.is_instance_of::<PyKeyboardInterrupt>(py)
        {
            // SAFETY: the interpreter is attached. The interrupt is raised again once R has returned.
            unsafe { pyo3::ffi::PyErr_SetInterrupt() };
        }
    });
}

fn write_to_python(py: Python<'_>, stream: Stream, text: &str) -> PyResult<()> {
    let name = match stream {
        Stream::Output => pyo3::intern!(py, "stdout"),
        Stream::Error => pyo3::intern!(py, "stderr"),
    };
    let file = py.import(pyo3::intern!(py, "sys"))?.getattr(name)?;
    // A program without a console has none.
    if !file.is_none() {
        file.call_method1(pyo3::intern!(py, "write"), (text,))?;
    }
    Ok(())
}
