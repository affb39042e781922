//! Fonts that are broken on purpose, made of whole ones.

/// Where a table starts, and how long it is.
pub(crate) fn table(font: &[u8], name: &[u8; 4]) -> Option<(usize, usize)> {
    let long = |at: usize| u32::from_be_bytes([font[at], font[at + 1], font[at + 2], font[at + 3]]) as usize;
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let mut records = (0..count).map(|at| 12 + 16 * at);
    let record = records.find(|at| &font[*at..at + 4] == name)?;
    Some((long(record + 8), long(record + 12)))
}

/// A font whose table of outlines is there and empty.
pub(crate) fn without_outlines(font: &[u8]) -> Vec<u8> {
    let mut font = font.to_vec();
    let (start, length) = table(&font, b"loca").expect("a table of places");
    font[start..start + length].fill(0);
    font
}

/// A font in which some letters have no outlines.
pub(crate) fn without_letters(font: &[u8], letters: &str) -> Vec<u8> {
    let mut changed = font.to_vec();
    let face = ttf_parser::Face::parse(font, 0).expect("a font");
    let (glyf, _) = table(font, b"glyf").expect("outlines");
    let (loca, _) = table(font, b"loca").expect("places");
    let (head, _) = table(font, b"head").expect("a head");
    let place = |glyph: usize| match font[head + 51] {
        0 => 2 * usize::from(u16::from_be_bytes([font[loca + 2 * glyph], font[loca + 2 * glyph + 1]])),
        _ => {
            let bytes = &font[loca + 4 * glyph..loca + 4 * glyph + 4];
            bytes.iter().fold(0, |place, byte| place << 8 | usize::from(*byte))
        }
    };
    for letter in letters.chars() {
        let Some(glyph) = face.glyph_index(letter) else {
            continue;
        };
        let glyph = usize::from(glyph.0);
        if place(glyph) < place(glyph + 1) {
            // No contours.
            changed[glyf + place(glyph)..glyf + place(glyph) + 2].fill(0);
        }
    }
    changed
}

/// A font whose first glyphs are each made twice of the next one, thirty times: a thousand million outlines.
pub(crate) fn composite_bomb(font: &[u8]) -> Vec<u8> {
    const GLYPHS: usize = 31;
    let mut font = font.to_vec();
    let (glyf, _) = table(&font, b"glyf").expect("outlines");
    let (loca, _) = table(&font, b"loca").expect("places");
    let (head, _) = table(&font, b"head").expect("a head");
    let is_long = font[head + 51] == 1;
    const LENGTH: usize = 32;
    for glyph in 0..=GLYPHS + 1 {
        let start = glyph * LENGTH;
        let place = loca + glyph * if is_long { 4 } else { 2 };
        if is_long {
            font[place..place + 4].copy_from_slice(&(start as u32).to_be_bytes());
        } else {
            font[place..place + 2].copy_from_slice(&((start / 2) as u16).to_be_bytes());
        }
        if glyph > GLYPHS {
            break;
        }
        let next = (glyph as u16 + 1).to_be_bytes();
        let mut bytes = vec![0xff, 0xff, 0, 0, 0, 0, 0, 100, 0, 100];
        if glyph == GLYPHS {
            // One contour of three points, the last number 2, no instructions, three flags; the places are of two bytes each.
            bytes[..2].copy_from_slice(&[0, 1]);
            bytes.extend([0, 2, 0, 0, 1, 1, 1, 0, 0, 0, 100, 0, 100, 0, 0, 0, 0, 0, 100]);
        } else {
            // Two parts: flags, the glyph, its place in two bytes.
            for flags in [0x0022_u16, 0x0002] {
                bytes.extend(flags.to_be_bytes());
                bytes.extend(next);
                bytes.extend([0, 0]);
            }
        }
        bytes.resize(LENGTH, 0);
        font[glyf + start..glyf + start + LENGTH].copy_from_slice(&bytes);
    }
    font
}
