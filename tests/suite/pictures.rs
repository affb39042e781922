//! Pictures that say of themselves that they are large, in a few bytes.

use std::io::Write;

/// A PNG of so many white pixels; beyond ten million, of none but those that it says it has.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        out.extend((data.len() as u32).to_be_bytes());
        let body = [&kind[..], data].concat();
        out.extend(&body);
        out.extend(crc32fast::hash(&body).to_be_bytes());
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    chunk(b"IHDR", &header);
    let pixels = u64::from(width) * u64::from(height);
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    if pixels <= 10_000_000 {
        let mut row = vec![255; width as usize + 1];
        row[0] = 0;
        for _ in 0..height {
            packed.write_all(&row).expect("memory");
        }
    }
    chunk(b"IDAT", &packed.finish().expect("memory"));
    chunk(b"IEND", &[]);
    out
}

/// The start of a GIF.
pub(crate) fn gif(width: u16, height: u16) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    [
        &b"GIF89a"[..],
        &size,
        &[0, 0, 0, 0x2c, 0, 0, 0, 0],
        &size,
        &[0, 2, 0, 0x3b],
    ]
    .concat()
}

/// The start of a JPEG.
pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
    let frame = [&[0xff, 0xc0, 0, 11, 8][..], &size, &[1, 1, 0x11, 0]].concat();
    [&[0xff, 0xd8][..], &frame, &[0xff, 0xd9]].concat()
}

/// The start of a WebP with an extended header.
pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    let side = |length: u32| (length - 1).to_le_bytes()[..3].to_vec();
    let chunk = [
        &b"VP8X"[..],
        &10_u32.to_le_bytes(),
        &[0; 4],
        &side(width),
        &side(height),
    ]
    .concat();
    let length = (chunk.len() as u32 + 4).to_le_bytes();
    [&b"RIFF"[..], &length, b"WEBP", &chunk].concat()
}

/// A drawing of a few lines in which every group draws the one before it twice.
pub(crate) fn doubling_svg(groups: usize) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><defs><path id=\"g0\" d=\"M0 0h1v1z\"/>",
    );
    for group in 1..=groups {
        let before = group - 1;
        out.push_str(&format!(
            "<g id=\"g{group}\"><use href=\"#g{before}\"/><use href=\"#g{before}\"/></g>"
        ));
    }
    out.push_str(&format!("</defs><use href=\"#g{groups}\"/></svg>"));
    out
}
