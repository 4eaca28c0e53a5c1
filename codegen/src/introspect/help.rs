//! The help pages of an installed package, read without R.
//!
//! `R CMD INSTALL` parses the Rd files and keeps the trees in a lazy-load database below `help/`: the index `PACKAGE.rdx` says where in
//! `PACKAGE.rdb` each serialised tree is. This is what `tools::Rd_db` reads, too, in a tenth of the time.

use std::io::Read;
use std::path::Path;

use flate2::read::{GzDecoder, ZlibDecoder};

use super::rds::{self, Value};

/// More than any page holds: a damaged length must not take all memory.
const MOST_BYTES: usize = 1 << 28;

/// The trees of the help pages of the package `name`, which is installed in the folder `path`, sorted by name. To be called on a thread
/// with a deep stack, as [`rds::with`] has.
///
/// # Errors
/// When there are none, or they are not as R writes them since it compresses with zlib.
pub fn trees(path: &Path, name: &str) -> Result<Vec<Value>, String> {
    let file = |extension: &str| {
        let file = path.join("help").join(format!("{name}.{extension}"));
        std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let mut index = Vec::new();
    let limit = MOST_BYTES as u64;
    GzDecoder::new(&*file("rdx")?).take(limit).read_to_end(&mut index).map_err(|error| error.to_string())?;
    let database = file("rdb")?;
    let index = rds::decode_here(&index).map_err(|error| error.to_string())?.root;
    // TRUE or 1 is zlib; bzip2 and xz are for data.
    let compressed = index.element("compressed");
    if compressed.and_then(|one| one.flag().or(one.number().map(|kind| kind == 1.0))) != Some(true) {
        return Err("the help pages are compressed in a way of their own".to_owned());
    }
    let variables = index.element("variables").ok_or("the index names no pages")?;
    let mut places: Vec<(&str, &Value)> =
        match (variables.attribute("names").and_then(Value::strings), variables.elements()) {
            (Some(names), Some(places)) => {
                names.iter().map(|name| name.as_deref().unwrap_or("")).zip(places).collect()
            }
            _ => Vec::new(),
        };
    places.sort_by_key(|(name, _)| *name);
    places
        .into_iter()
        .map(|(name, place)| tree(&database, place).map_err(|reason| format!("{name}: {reason}")))
        .collect()
}

/// The value at a place: offset and length of four bytes of length (big-endian) and a zlib stream.
fn tree(database: &[u8], place: &Value) -> Result<Value, String> {
    let rds::Data::Integer(place) = &place.data else { return Err("its place is no place".to_owned()) };
    let record = match place[..] {
        [offset, length] => usize::try_from(offset)
            .ok()
            .zip(usize::try_from(length).ok())
            .and_then(|(offset, length)| database.get(offset..offset.checked_add(length)?)),
        _ => None,
    };
    let (length, stream) =
        record.and_then(|record| record.split_first_chunk()).ok_or("it is not in the file")?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > MOST_BYTES {
        return Err(format!("it claims {length} bytes"));
    }
    let mut bytes = Vec::with_capacity(length);
    ZlibDecoder::new(stream)
        .take(MOST_BYTES as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    rds::decode_here(&bytes).map(|decoded| decoded.root).map_err(|error| error.to_string())
}
