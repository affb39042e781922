//! Unfolds the streams of a PDF (ISO 32000-1 7.4), and stops where they grow too large.
//!
//! hayro-syntax unfolds a stream to whatever length it has, sixteen gigabytes out of a few kilobytes. So the filters of
//! text are applied here, one after the other and each within a limit: Flate by flate2, LZW by weezl. Pictures are not
//! unfolded at all. What is broken is taken as far as it goes, as every viewer does.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict};
use weezl::{BitOrder, LzwStatus};

use super::ReadError;
use super::limits::{Resource, Spent};

/// Room is made in steps of so many bytes.
const STEP: usize = 1 << 16;

/// A stream that grew too large, or cannot be unfolded.
#[derive(Debug)]
enum Failure {
    TooLarge,
    Broken,
}

/// The bytes of a stream; `None` when it cannot be unfolded. `most` is how long they may be, `what` what they are, `place`
/// where they stand.
///
/// # Errors
/// When they are longer, or all streams of the file together are too long.
pub(super) fn decoded<'a>(
    stream: &Stream<'a>,
    file: &Spent,
    (what, most): (Resource, usize),
    place: &str,
) -> Result<Option<Cow<'a, [u8]>>, ReadError> {
    let longest = Resource::Stream.limit().of_one.unwrap_or(0);
    let limit = most.min(longest);
    match unfold(stream, file, limit)? {
        Ok(data) => Ok(Some(data)),
        Err(Failure::Broken) => Ok(None),
        Err(Failure::TooLarge) => {
            let what = if most < longest { what } else { Resource::Stream };
            let id = stream.obj_id().obj_number;
            let place = if id == 0 {
                place.to_owned()
            } else {
                format!("{place}, object {id}")
            };
            Err(what.exceeded(place))
        }
    }
}

fn unfold<'a>(stream: &Stream<'a>, file: &Spent, most: usize) -> Result<Result<Cow<'a, [u8]>, Failure>, ReadError> {
    let filters = stream.filters();
    let parameters = parameters(stream.dict(), filters.len());
    let mut data = stream.raw_data();
    for (place, (filter, parameters)) in filters.iter().zip(&parameters).enumerate() {
        let predicted = parameters.as_ref().and_then(|p| p.get::<i32>("Predictor")).unwrap_or(1) > 1;
        let early = parameters
            .as_ref()
            .and_then(|p| p.get::<i32>("EarlyChange"))
            .unwrap_or(1)
            != 0;
        let mut whole = true;
        let next = match filter {
            Filter::Crypt if place == 0 => continue,
            Filter::FlateDecode => inflate(&data, most, &mut whole),
            Filter::LzwDecode => lzw(&data, most, early),
            Filter::AsciiHexDecode => hexadecimal(&data),
            Filter::Ascii85Decode => base_85(&data, most),
            Filter::RunLengthDecode => run_length(&data, most),
            _ => Err(Failure::Broken),
        };
        let next = match next {
            Ok(next) => next,
            Err(failure) => return Ok(Err(failure)),
        };
        file.take(Resource::Unfolded, next.len())?;
        if predicted {
            // Rows that are told by the row before: no text is written so. The length is known to be small.
            let last = place + 1 == filters.len() && whole;
            let decoded = if last { stream.decoded_data().ok() } else { None };
            return Ok(decoded.ok_or(Failure::Broken));
        }
        data = Cow::Owned(next);
    }
    if data.len() > most {
        return Ok(Err(Failure::TooLarge));
    }
    Ok(Ok(data))
}

/// The parameters of each filter.
fn parameters<'a>(dict: &Dict<'a>, filters: usize) -> Vec<Option<Dict<'a>>> {
    let key = ["DecodeParms", "DP"].into_iter().find(|key| dict.contains_key(*key));
    let mut parameters: Vec<Option<Dict<'a>>> = match key {
        Some(key) => match dict.get::<Dict<'a>>(key) {
            Some(one) => vec![Some(one)],
            None => {
                let list = dict.get::<Array<'a>>(key).unwrap_or_default();
                list.iter::<hayro_syntax::object::Object<'a>>()
                    .take(filters)
                    .map(|item| item.into_dict())
                    .collect()
            }
        },
        None => Vec::new(),
    };
    parameters.resize(filters, None);
    parameters
}

/// Makes room for a step more, within the limit and one byte beyond, by which it is seen to be passed.
fn room(out: &mut Vec<u8>, most: usize) -> Result<(), Failure> {
    if out.len() > most {
        return Err(Failure::TooLarge);
    }
    if out.len() == out.capacity() {
        let step = out.len().max(STEP).min(most.saturating_add(1) - out.len());
        out.reserve_exact(step);
    }
    Ok(())
}

/// Flate (RFC 1950), or what is in it without its head (RFC 1951). `whole` tells whether it ends as it should.
fn inflate(data: &[u8], most: usize, whole: &mut bool) -> Result<Vec<u8>, Failure> {
    let has_head = matches!(data, [method, flags, ..]
        if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31) && flags & 0x20 == 0);
    // Without the check of the sum at the end: readers do not look at it, and it is often wrong.
    let data = if has_head { &data[2..] } else { data };
    let mut decoder = Decompress::new(false);
    let mut out = Vec::new();
    loop {
        room(&mut out, most)?;
        let (read, written) = (decoder.total_in(), out.len());
        let rest = data.get(read as usize..).unwrap_or_default();
        match decoder.decompress_vec(rest, &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) => break,
            Ok(_) if decoder.total_in() > read || out.len() > written => {}
            Ok(_) if out.len() == out.capacity() => {}
            // Cut off, or broken: what came so far counts.
            Ok(_) | Err(_) => {
                *whole = false;
                break;
            }
        }
    }
    if out.len() > most {
        Err(Failure::TooLarge)
    } else {
        Ok(out)
    }
}

fn lzw(data: &[u8], most: usize, early: bool) -> Result<Vec<u8>, Failure> {
    let mut decoder = if early {
        weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
    } else {
        weezl::decode::Decoder::new(BitOrder::Msb, 8)
    };
    let mut out = Vec::new();
    let mut rest = data;
    let mut piece = vec![0; STEP];
    loop {
        let done = decoder.decode_bytes(rest, &mut piece);
        out.extend_from_slice(&piece[..done.consumed_out]);
        rest = &rest[done.consumed_in..];
        if out.len() > most {
            return Err(Failure::TooLarge);
        }
        let moved = done.consumed_in > 0 || done.consumed_out > 0;
        match done.status {
            Ok(LzwStatus::Ok) if moved => {}
            _ => return Ok(out),
        }
    }
}

fn hexadecimal(data: &[u8]) -> Result<Vec<u8>, Failure> {
    let digits: Option<Vec<u8>> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter(|byte| !is_white_space(**byte))
        .map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    let digits = digits.ok_or(Failure::Broken)?;
    Ok(digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))
        .collect())
}

fn base_85(data: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in data {
        if out.len() > most {
            return Err(Failure::TooLarge);
        }
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    out.extend(word(&group).to_be_bytes());
                    group.clear();
                }
            }
            byte if is_white_space(*byte) => {}
            _ => return Err(Failure::Broken),
        }
    }
    if group.len() > 1 {
        let bytes = group.len() - 1;
        group.resize(5, 84);
        out.extend(&word(&group).to_be_bytes()[..bytes]);
    }
    Ok(out)
}

fn word(group: &[u8]) -> u32 {
    group.iter().fold(0_u32, |word, digit| {
        word.wrapping_mul(85).wrapping_add(u32::from(*digit))
    })
}

fn run_length(data: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((length, after)) = rest.split_first() {
        match length {
            128 => break,
            0..128 => {
                let (bytes, after) = after.split_at(after.len().min(usize::from(*length) + 1));
                out.extend_from_slice(bytes);
                rest = after;
            }
            _ => {
                let Some((byte, after)) = after.split_first() else {
                    break;
                };
                out.resize(out.len() + 257 - usize::from(*length), *byte);
                rest = after;
            }
        }
        if out.len() > most {
            return Err(Failure::TooLarge);
        }
    }
    Ok(out)
}

fn is_white_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn what_is_cut_off_or_broken_counts_as_far_as_it_goes() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let packed = deflated(&text);
        let mut whole = true;
        assert_eq!(inflate(&packed, 1 << 20, &mut whole).expect("within the limit"), text);
        assert!(whole);
        let half = inflate(&packed[..packed.len() / 2], 1 << 20, &mut whole).expect("within the limit");
        assert!(!whole && half.len() > 1000 && text.starts_with(&half));
        // Without its head.
        assert_eq!(
            inflate(&packed[2..], 1 << 20, &mut whole).expect("within the limit"),
            text
        );
        assert_eq!(inflate(b"", 10, &mut whole).expect("nothing"), b"");
    }

    #[test]
    fn what_grows_too_large_stops() {
        let packed = deflated(&vec![b' '; 1 << 20]);
        let mut whole = true;
        assert!(matches!(
            inflate(&packed, (1 << 20) - 1, &mut whole),
            Err(Failure::TooLarge)
        ));
        assert_eq!(
            inflate(&packed, 1 << 20, &mut whole).expect("as long as allowed").len(),
            1 << 20
        );
        assert!(matches!(run_length(&[129, 0, 129, 0], 200), Err(Failure::TooLarge)));
        assert!(matches!(base_85(b"zzzzz", 10), Err(Failure::TooLarge)));
        let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8);
        let packed = encoder.encode(&vec![7; 1 << 20]).expect("memory");
        assert!(matches!(lzw(&packed, 1 << 16, true), Err(Failure::TooLarge)));
        assert_eq!(lzw(&packed, 1 << 20, true).expect("as long as allowed").len(), 1 << 20);
    }

    #[test]
    fn the_filters_of_text() {
        assert_eq!(hexadecimal(b"48 65 6c6C 6f7>").expect("digits"), b"Hellop");
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>", 100).expect("digits"), b"Hello World!");
        assert_eq!(
            run_length(&[2, b'a', b'b', b'c', 254, b'x', 128, 9], 100).expect("runs"),
            b"abcxxx"
        );
    }
}
