//! The map from codes to characters that a font brings along (ISO 32000-1 9.10.3).
//!
//! Producers write these maps with slips: an empty string for a glyph whose characters another one tells, a missing end,
//! numbers that do not fit. One slip must not cost the other letters, so the map is read entry by entry and what cannot be
//! understood is passed over.

use ecow::EcoString;

use super::limits::Resource;

/// Characters by code.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    /// Ranges of codes by their first one, each with the UTF-16 of its first code.
    ranges: Vec<Range>,
}

#[derive(Debug)]
struct Range {
    first: u32,
    last: u32,
    units: Vec<u16>,
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    /// A hexadecimal string: its digits.
    Hex(&'a [u8]),
    Open,
    Close,
    Word(&'a [u8]),
}

impl ToUnicode {
    /// Reads the map from the decoded stream.
    ///
    /// # Errors
    /// What it holds too much of.
    pub(super) fn read(data: &[u8]) -> Result<Self, Resource> {
        let mut tokens = Tokens { rest: data };
        let mut map = Self::default();
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"beginbfchar") => map.characters(&mut tokens)?,
                Token::Word(b"beginbfrange") => map.ranges(&mut tokens)?,
                _ => {}
            }
        }
        // Of two entries for one code the later one counts, as readers have it.
        map.ranges.sort_by_key(|range| range.first);
        Ok(map)
    }

    /// How many entries it has.
    pub(super) fn entries(&self) -> usize {
        self.ranges.len()
    }

    fn add(&mut self, first: u32, last: u32, text: &[u8]) -> Result<(), Resource> {
        let exceeds = |what: Resource, amount: usize| what.limit().of_one.is_some_and(|most| amount > most);
        if exceeds(Resource::LettersOfCode, text.len() / 4) {
            return Err(Resource::LettersOfCode);
        }
        if first <= last {
            self.ranges.push(Range {
                first,
                last,
                units: units(text),
            });
        }
        if exceeds(Resource::Codes, self.ranges.len()) {
            return Err(Resource::Codes);
        }
        Ok(())
    }

    fn characters(&mut self, tokens: &mut Tokens<'_>) -> Result<(), Resource> {
        while let Some(Token::Hex(code)) = tokens.next() {
            let Some(Token::Hex(text)) = tokens.next() else {
                return Ok(());
            };
            if let Some(code) = number(code) {
                self.add(code, code, text)?;
            }
        }
        Ok(())
    }

    fn ranges(&mut self, tokens: &mut Tokens<'_>) -> Result<(), Resource> {
        while let Some(Token::Hex(first)) = tokens.next() {
            let Some(Token::Hex(last)) = tokens.next() else {
                return Ok(());
            };
            let (first, last) = (number(first), number(last));
            match tokens.next() {
                Some(Token::Hex(text)) => {
                    if let (Some(first), Some(last)) = (first, last) {
                        self.add(first, last, text)?;
                    }
                }
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.next() {
                        if let Some(at) = code {
                            self.add(at, at, text)?;
                        }
                        code = code.and_then(|code| code.checked_add(1));
                    }
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// The characters of a code: empty when another glyph tells them, `None` when the map does not know.
    pub(super) fn get(&self, code: u32) -> Option<EcoString> {
        let after = self.ranges.partition_point(|range| range.first <= code);
        // Ranges that overlap are a slip; a few of them are looked at.
        let range = self.ranges[..after]
            .iter()
            .rev()
            .take(4)
            .find(|range| range.last >= code)?;
        let Some((last, before)) = range.units.split_last() else {
            return Some(EcoString::new());
        };
        let offset = u16::try_from(code - range.first).ok()?;
        let last = last.checked_add(offset)?;
        let units = before.iter().copied().chain([last]);
        char::decode_utf16(units).collect::<Result<EcoString, _>>().ok()
    }
}

/// The value of a hexadecimal string of at most four bytes.
fn number(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.is_empty())?;
    u32::from_str_radix(text, 16).ok()
}

/// The UTF-16 that a hexadecimal string holds; a single byte stands for a small unit.
fn units(digits: &[u8]) -> Vec<u16> {
    let value = |digits: &[u8]| {
        digits
            .iter()
            .fold(0, |value, digit| value << 4 | hex(*digit).unwrap_or(0))
    };
    if digits.len() < 4 && !digits.is_empty() {
        return vec![value(digits)];
    }
    digits.chunks_exact(4).map(value).collect()
}

fn hex(digit: u8) -> Option<u16> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u16::try_from(value).ok())
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let space = self
                .rest
                .iter()
                .take_while(|b| b.is_ascii_whitespace() || **b == 0)
                .count();
            self.rest = &self.rest[space..];
            match self.rest.first()? {
                b'%' => {
                    let line = self.rest.iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
                    self.rest = &self.rest[line..];
                }
                b'<' if self.rest.get(1) != Some(&b'<') => return Some(self.string()),
                b'[' => return Some(self.single(Token::Open)),
                b']' => return Some(self.single(Token::Close)),
                _ => return Some(self.word()),
            }
        }
    }

    fn single(&mut self, token: Token<'a>) -> Token<'a> {
        self.rest = &self.rest[1..];
        token
    }

    /// A hexadecimal string. One with white space inside is cut there: no producer writes it.
    fn string(&mut self) -> Token<'a> {
        let digits = self.rest[1..].iter().take_while(|b| b.is_ascii_hexdigit()).count();
        let token = Token::Hex(&self.rest[1..=digits]);
        let length = self.rest.iter().take_while(|b| **b != b'>').count();
        self.rest = &self.rest[(length + 1).min(self.rest.len())..];
        token
    }

    fn word(&mut self) -> Token<'a> {
        let ends =
            |b: &u8| b.is_ascii_whitespace() || matches!(b, b'[' | b']' | b'<' | b'%' | b'(' | b')' | b'{' | b'}');
        let length = 1 + self.rest[1..].iter().take_while(|b| !ends(b)).count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        Token::Word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_cost_only_their_own_entry() {
        let map = ToUnicode::read(
            b"/CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange % <61> <0061>
              4 beginbfchar <01> <0627> <02> <> <03> <06440627> <04> <d83dde00> endbfchar
              3 beginbfrange <10><12><0661> <20> <21> [<0041> <00420043>] <30> <ffffffff> <0031> endbfrange
              1 beginbfchar <123456789> <0041> <05> <0628> endbfchar 1 beginbfchar <06",
        )
        .expect("within the limits");
        let cases = [
            (0x01, Some("ا")),
            (0x02, Some("")),
            (0x03, Some("لا")),
            (0x04, Some("😀")),
            (0x05, Some("ب")),
            (0x12, Some("٣")),
            (0x13, None),
            (0x21, Some("BC")),
            (0x31, Some("2")),
        ];
        for (code, expected) in cases {
            assert_eq!(map.get(code).as_deref(), expected, "{code:x}");
        }
    }
}
