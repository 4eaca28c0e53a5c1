//! A library that is nothing but a name.
//!
//! R's packages name `libR.so` as a dependency. glibc answers such a name with a loaded library whose `DT_SONAME`
//! is that name (`elf/dl-load.c`, `_dl_map_object`), before it looks at any path. Debian's libR has no SONAME,
//! so an empty shared object that has one is written to memory and loaded; the symbols come from libR
//! itself, which is loaded with `RTLD_GLOBAL`. `LD_LIBRARY_PATH` cannot do this: the loader reads it
//! once, when the process starts.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd};

use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_NOW};

const HEADER: u64 = 64;
const PROGRAM_HEADER: u64 = 56;
const DYNAMIC_ENTRY: u64 = 16;
const SYMBOL: u64 = 24;

/// Loads, for the rest of the process, an empty library that goes by `name`.
pub(super) fn claim(name: &str) -> io::Result<()> {
    // SAFETY: a valid C string, and a flag that memfd_create knows.
    let descriptor = unsafe { libc::memfd_create(c"rbindgen-soname".as_ptr(), libc::MFD_CLOEXEC) };
    if descriptor < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was just opened and belongs to nobody else.
    let mut file = unsafe { File::from_raw_fd(descriptor) };
    file.write_all(&shared_object(name))?;
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    // SAFETY: the object has no code and no initialiser.
    let library = unsafe { Library::open(Some(&path), RTLD_NOW | RTLD_GLOBAL) }
        .map_err(|error| io::Error::other(format!("a library named {name} could not be made: {error}")))?;
    std::mem::forget(library);
    Ok(())
}

/// The bytes of an ELF shared object with a dynamic section that holds a SONAME and the tables that a loader insists on.
///
/// Layout, all in one read-write segment: file header, three program headers (LOAD, DYNAMIC, GNU_STACK), the dynamic section,
/// a symbol table with its null entry, a hash table, the string table. See the System V ABI, chapters 4 and 5.
fn shared_object(name: &str) -> Vec<u8> {
    const DT_HASH: u64 = 4;
    const DT_STRTAB: u64 = 5;
    const DT_SYMTAB: u64 = 6;
    const DT_STRSZ: u64 = 10;
    const DT_SYMENT: u64 = 11;
    const DT_SONAME: u64 = 14;

    let dynamic_at = HEADER + 3 * PROGRAM_HEADER;
    let dynamic_size = 7 * DYNAMIC_ENTRY;
    let symbols_at = dynamic_at + dynamic_size;
    let hash_at = symbols_at + SYMBOL;
    let hash_size = 4 * 4;
    let strings_at = hash_at + hash_size;
    let strings_size = 1 + name.len() as u64 + 1;
    let size = strings_at + strings_size;

    let mut elf = Elf(Vec::with_capacity(size as usize));
    // File header.
    let endian = if cfg!(target_endian = "little") { 1 } else { 2 };
    elf.bytes(&[0x7f, b'E', b'L', b'F', 2, endian, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    elf.half(3); // ET_DYN
    elf.half(machine());
    elf.word(1); // EV_CURRENT
    elf.long(0); // entry
    elf.long(HEADER); // program headers
    elf.long(0); // section headers
    elf.word(0); // flags
    for value in [HEADER as u16, PROGRAM_HEADER as u16, 3, 64, 0, 0] {
        elf.half(value);
    }
    // Program headers: type, flags, offset, address, address, size in the file, size in memory, alignment.
    elf.program_header(1, 6, 0, size, 0x10000); // PT_LOAD, read and write: the loader relocates the dynamic section
    elf.program_header(2, 6, dynamic_at, dynamic_size, 8); // PT_DYNAMIC
    elf.program_header(0x6474_e551, 6, 0, 0, 16); // PT_GNU_STACK: no executable stack
    // Dynamic section.
    for (tag, value) in [
        (DT_SONAME, 1),
        (DT_HASH, hash_at),
        (DT_STRTAB, strings_at),
        (DT_SYMTAB, symbols_at),
        (DT_STRSZ, strings_size),
        (DT_SYMENT, SYMBOL),
        (0, 0),
    ] {
        elf.long(tag);
        elf.long(value);
    }
    // The null symbol; a hash table with one bucket and one chain, both empty.
    elf.bytes(&[0; SYMBOL as usize]);
    for value in [1, 1, 0, 0] {
        elf.word(value);
    }
    // Strings.
    elf.bytes(&[0]);
    elf.bytes(name.as_bytes());
    elf.bytes(&[0]);
    debug_assert_eq!(elf.0.len() as u64, size);
    elf.0
}

/// `e_machine` of this program.
fn machine() -> u16 {
    match std::env::consts::ARCH {
        "x86_64" => 62,
        "aarch64" => 183,
        "riscv64" => 243,
        "powerpc64" => 21,
        "loongarch64" => 258,
        "s390x" => 22,
        _ => 0,
    }
}

struct Elf(Vec<u8>);

impl Elf {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
    fn half(&mut self, value: u16) {
        self.bytes(&value.to_ne_bytes());
    }
    fn word(&mut self, value: u32) {
        self.bytes(&value.to_ne_bytes());
    }
    fn long(&mut self, value: u64) {
        self.bytes(&value.to_ne_bytes());
    }
    fn program_header(&mut self, kind: u32, flags: u32, offset: u64, size: u64, align: u64) {
        self.word(kind);
        self.word(flags);
        for value in [offset, offset, offset, size, size, align] {
            self.long(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use libloading::os::unix::{Library, RTLD_NOW};

    #[test]
    fn a_claimed_name_is_found_by_the_loader() {
        let name = "librbindgen-test-of-soname.so";
        // SAFETY: nothing by that name exists.
        assert!(unsafe { Library::open(Some(name), RTLD_NOW) }.is_err());
        claim(name).unwrap();
        // SAFETY: the claimed library has no initialiser.
        assert!(unsafe { Library::open(Some(name), RTLD_NOW) }.is_ok());
    }
}
